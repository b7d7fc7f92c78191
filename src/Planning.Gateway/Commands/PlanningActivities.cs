using System.Diagnostics;
using Planning.Domain;

namespace Planning.Gateway.Commands;

/// <summary>Traces of commands; nothing is made while nobody listens.</summary>
internal static class PlanningActivities
{
    public const string SourceName = "Planning";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Command(EntityKey entity, object command)
    {
        if (!Source.HasListeners())
            return null;
        var activity = Source.StartActivity($"{entity.Kind} {command.GetType().Name}");
        activity?.SetTag("planning.workspace", entity.Workspace.Value);
        activity?.SetTag("planning.entity", entity.Id);
        return activity;
    }
}
