using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Artifacts;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Kept;
using Planning.Engine.InMemory;

namespace Planning.Engine.Tests.Gates.Support;

/// <summary>Short ways to configure and run gates in tests.</summary>
internal static class Gate
{
    public const string Name = "schema_lint";

    /// <summary>Longer than any machine is busy: only tests with a clock of their own may see a time-out.</summary>
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(10);

    public static ValidatorDefinition Validator(string type, params (string Name, string Json)[] parameters) =>
        new(type, type, parameters.ToImmutableSortedDictionary(p => p.Name, p => p.Json), Ample);

    public static Rulebook With(this Rulebook rules, params ValidatorDefinition[] validators) =>
        rules with { Gates = [new GateDefinition(Name, PlanStatus.Planned, PlanStatus.ReadyForHandoff, [.. validators])] };

    public static GateRunner Runner(Workspace workspace, IReadOnlyCollection<IValidator> validators, GateOptions? options = null, TimeProvider? time = null, IGateResults? kept = null) =>
        new(workspace, workspace, workspace, workspace, kept ?? new InMemoryGateResults(), validators, options ?? new GateOptions { RunTimeout = Ample }, time ?? TimeProvider.System, NullLogger<GateRunner>.Instance);

    /// <summary>Runs the given validators over the plan, all of them in one gate.</summary>
    public static async Task<GateRunReport> RunAsync(
        Workspace workspace, Plan plan, IReadOnlyList<IValidator> validators, GateOptions? options = null, params Waiver[] waivers)
    {
        workspace.Rules = workspace.Rules.With([.. validators.Select(v => Validator(v.Type))]);
        using var runner = Runner(workspace, validators, options);
        return await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Name, waivers), Workspace.Now, CancellationToken.None);
    }

    public static Finding Finding(string rule, Severity severity = Severity.Error, int line = 1, string file = "be_backlog.yaml", string message = "It is wrong.") =>
        new(file, line, 1, "", rule, severity, message, "Mend it.");
}

/// <summary>A validator that does what the test says.</summary>
internal sealed class Scripted(string type, Func<GateInput, CancellationToken, Task<IReadOnlyList<Finding>>> work) : IValidator
{
    public Scripted(string type, params Finding[] findings) : this(type, (_, _) => Task.FromResult<IReadOnlyList<Finding>>(findings)) { }

    public string Type => type;
    public string Version { get; init; } = "1";
    public string? Scope { get; init; }
    public int Calls { get; private set; }
    public IReadOnlyList<ValidatorParameter> Parameters { get; init; } = [];

    public string? CacheScope(GateInput input) => Scope;

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        Calls++;
        return await work(input, cancellation);
    }
}
