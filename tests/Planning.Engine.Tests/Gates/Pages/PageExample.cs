using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Tests.Gates.Support;

namespace Planning.Engine.Tests.Gates.Pages;

/// <summary>A plan with faults. What its validator really says of them stands on the page as an example.</summary>
internal sealed record PageExample(string Type, params (string Name, string Text)[] Artifacts)
{
    public (string Name, string Json)[] Parameters { get; init; } = [];

    /// <summary>What else is in the workspace.</summary>
    public Action<Workspace>? Around { get; init; }

    /// <summary>What the stream's last executed plan has; null when there is none.</summary>
    public (string Name, string Text)[]? Executed { get; init; }

    /// <summary>The window given with the plan.</summary>
    public PlanWindow? Window { get; init; }

    public async Task<IReadOnlyList<FindingSummary>> FindingsAsync()
    {
        var workspace = new Workspace();
        if (Executed is not null)
            workspace.Executed = workspace.AddPlan(new Plan { Id = new("pln_0"), Stream = "payments", Status = PlanStatus.Executed }, Executed).Id;
        Around?.Invoke(workspace);
        var plan = workspace.AddPlan(new Plan { Id = new("pln_1"), Stream = "payments", GivenWindow = Window }, Artifacts);
        return await workspace.FindingsAsync(BuiltInValidators.All.Single(v => v.Type == Type), plan, Parameters);
    }
}
