using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Planning.Domain;
using Planning.Domain.Gates;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Entities;
using Planning.Engine.Gates;
using Planning.Engine.Gates.Validators;
using Planning.Engine.Json;
using Planning.Engine.Tests.Gates.Support;
using Planning.Testing;
using Planning.Testing.Fuzzing;

namespace Planning.Engine.Tests.Gates.Fuzz;

/// <summary>What is done to one of the files: it is damaged, or its place is taken by a file made for something else.</summary>
internal sealed record Damage(int File, Mutation Mutation, bool Taken);

/// <summary>The example plan, the one executed before it and one that it may depend on, with damages, judged by all validators.</summary>
internal sealed class FuzzedPlan
{
    private const string Lcov = "TN:a\nSF:a.c\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nBRDA:1,0,1,-\nLF:2\nLH:1\nBRF:2\nBRH:1\nend_of_record\nSF:b.c\nDA:1,3\nLF:1\nLH:1\nend_of_record\n";
    private const string Jacoco = "<report name=\"a\"><package name=\"p\"><sourcefile name=\"A\"><counter type=\"LINE\" missed=\"1\" covered=\"3\"/></sourcefile></package><counter type=\"LINE\" missed=\"1\" covered=\"3\"/></report>\n";

    /// <summary>Far more than a validator needs, and still an end.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly (string Name, byte[] Bytes)[] Example =
    [
        .. Directory.GetFiles(Repository.At("schemas", "examples", "payments-q1")).Order(StringComparer.Ordinal).Where(path => !path.Contains("-low", StringComparison.Ordinal))
            .Select(path => (Path.GetFileName(path)!, File.ReadAllBytes(path))),
        ("coverage.info", Encoding.UTF8.GetBytes(Lcov)),
        ("coverage.jacoco.xml", Encoding.UTF8.GetBytes(Jacoco)),
        ("a.flow.yaml", "version: 1.0.0\nname: a\nsteps:\n  - do: it\n"u8.ToArray()),
    ];

    private static readonly (string Name, byte[] Bytes)[] Before = [.. Example.Where(f => f.Name is "be_backlog.yaml" or "parity.json" or "coverage.cobertura.xml")];

    private readonly Workspace workspace = new();
    private readonly ImmutableDictionary<string, byte[]> files;

    /// <param name="foreign">Files made for something else.</param>
    public FuzzedPlan(IEnumerable<Damage> damages, IReadOnlyList<byte[]> foreign)
    {
        var all = Example.Concat(Before).Concat(Before).ToArray();
        foreach (var (file, mutation, taken) in damages)
            all[file % all.Length].Bytes = taken ? foreign[mutation.Place % foreign.Count] : mutation.Apply(all[file % all.Length].Bytes);
        files = all[..Example.Length].ToImmutableDictionary(f => f.Name, f => f.Bytes);
        workspace.Executed = Add(new Plan { Id = new("pln_0"), Stream = "payments", Status = PlanStatus.Executed }, all[Example.Length..^Before.Length]).Id;
        Add(new Plan { Id = new("pln_2"), Stream = "payments" }, all[^Before.Length..]);
        workspace.Rules = workspace.Rules with { Calendars = [new("feasts", "Europe/Zurich", [new("one", new(2027, 1, 19), new(2027, 1, 24))])], ArtifactKinds = [Flow] };
        workspace.Rules = workspace.Rules.With([.. BuiltInValidators.All.Select(v => new ValidatorDefinition(v.Type, v.Type, Parameters(v.Type), Limit))]);
    }

    private static ArtifactKindDefinition Flow => new(
        "flow", ["*.flow.yaml"], LintProfile.Strict, ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(1, """{"required": ["name"], "properties": {"steps": {"type": "array"}}}""")]),
        ImmutableSortedDictionary<int, ArtifactMigration>.Empty);

    /// <summary>Every finding, those included that the event has no room for, and what kept validators from a verdict.</summary>
    public async Task<(IReadOnlyList<FindingSummary> Findings, IReadOnlyList<string> Errors)> JudgeAsync()
    {
        var plan = Add(new Plan { Id = new("pln_1"), Stream = "payments" }, [.. files.Select(f => (f.Key, f.Value))]);
        using var runner = Gate.Runner(workspace, BuiltInValidators.All);
        var report = await runner.RunAsync(EntityKey.Of(Workspace.Id, plan.Id), workspace.Start(plan, Gate.Name), Workspace.Now, CancellationToken.None);
        var findings = report.ReportHash is { } hash
            ? JsonSerializer.Deserialize<GateReportDocument>(workspace.Blobs[hash].Span, PlanningJson.Options)!.Findings
            : report.Findings;
        return (findings, [.. report.Results.Where(r => r.Error is not null).Select(r => $"{r.Validator}: {r.Error}")]);
    }

    /// <summary>Null when the finding points at a character of one of the plan's files or right behind a line; else why not.</summary>
    public string? Outside(FindingSummary finding)
    {
        if (!files.TryGetValue(finding.File, out var bytes))
            return finding is { Line: 1, Column: 1 } && finding.File is "plan" or "gates.yaml" or "parity.json" or "coverage.xml" or "team_capacity.yaml" ? null : $"no such file: {finding}";
        return FilePlace.IsInside(bytes, finding.Line, finding.Column) ? null : $"outside: {finding}";
    }

    private static ImmutableSortedDictionary<string, string> Parameters(string type) => (type switch
    {
        "coverage" => [("max_drop_percent", "1"), ("minimum_branch_percent", "50"), ("minimum_percent_by_stream", """{"payments": 90}""")],
        "parity" => [("orphans", "\"error\"")],
        "timeline" => [("holidays", """["feasts"]"""), ("zone", "\"Pacific/Kiritimati\"")],
        "resource_capacity" => [("holidays", """["feasts"]"""), ("weeks", "\"error\"")],
        _ => Array.Empty<(string, string)>(),
    }).ToImmutableSortedDictionary(p => p.Item1, p => p.Item2);

    private Plan Add(Plan plan, IEnumerable<(string Name, byte[] Bytes)> artifacts) =>
        workspace.AddPlan(plan, artifacts.Select(a => (a.Name, (ReadOnlyMemory<byte>)a.Bytes)));
}
