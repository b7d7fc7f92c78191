using Planning.Conformance.Harness;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Engine.Reads;
using Xunit;

namespace Planning.Conformance.Reads;

/// <summary>A workspace of 100,000 plans and a small one beside it, loaded by SQL.</summary>
public sealed class ManyPlans : IAsyncLifetime
{
    public const int Count = 100_000;

    public static readonly WorkspaceId Workspace = new("wsp_big");

    public MigratedDatabase Database { get; private set; } = null!;

    /// <summary>Every filter alone, those that hardly anything fits, and some together.</summary>
    public static IReadOnlyDictionary<string, PlanFilter> Filters { get; } = new Dictionary<string, PlanFilter>
    {
        ["none"] = new(),
        ["status"] = new(Status: PlanStatus.Executed),
        ["stream"] = new(Stream: "stream_7"),
        ["cycle"] = new(CycleId: new("cyc_5")),
        ["author"] = new(Author: new("per_33")),
        ["priority"] = new(Priority: 0),
        ["tag on a quarter"] = new(Tag: new("criticality", "1")),
        ["tag on a hundredth"] = new(Tag: new("team", "42")),
        ["tag on none"] = new(Tag: new("team", "none")),
        ["word of all"] = new(Text: "payment"),
        ["word of one"] = new(Text: "step77777"),
        ["word of none"] = new(Text: "nothing"),
        ["letter"] = new(Text: "p"),
        ["two words of all"] = new(Text: "payment migration"),
        ["a word of all and one of few"] = new(Text: "payment step7777"),
        ["status and tag"] = new(Status: PlanStatus.Planned, Tag: new("team", "8")),
        ["stream, status and word"] = new(Stream: "stream_7", Status: PlanStatus.Planned, Text: "pay"),
        ["author and a tag that never meet"] = new(Author: new("per_1"), Tag: new("team", "42")),
        ["stream and a status that never meet"] = new(Stream: "stream_7", Status: PlanStatus.Withdrawn),
        ["stream and a word that never meet"] = new(Stream: "stream_7", Text: "step77778"),
    };

    public async Task InitializeAsync()
    {
        Database = await MigratedDatabase.CreateAsync();
        await LoadAsync(Workspace.Value, Count);
        await LoadAsync("wsp_small", 1_000);
        await Database.ExecuteAsync("vacuum analyze planning.plan_view, planning.plan_tag, planning.plan_word, planning.gate_run_view, planning.manifest_view");
    }

    public Task DisposeAsync() => Database.DisposeAsync().AsTask();

    private Task LoadAsync(string workspace, int count) => Database.ExecuteAsync(
        $"""
        set session_replication_role = replica;
        insert into planning.plan_view
        select '{workspace}', 'pln_' || i, 'Payment platform migration step' || i, 'stream_' || i % 20,
            (array['PLANNED', 'READY_FOR_HANDOFF', 'PACKAGED', 'EXECUTED', 'VALIDATED', 'IMPROVE', 'COMPLETED', 'WITHDRAWN'])[i % 8 + 1], i % 8 >= 6,
            i % 4, 'per_' || i % 50, 'cyc_' || i % 12, json_build_object('criticality', (i % 4)::text, 'team', (i % 100)::text), 12, 34.5, null, null,
            'sha256:' || md5(i::text), 3, i * 3, i, case when i % 8 between 3 and 6 then i * 3 end, now(), now()
        from generate_series(1, {count}) i;
        insert into planning.plan_tag
        select '{workspace}', i, tag.name, tag.value
        from generate_series(1, {count}) i, lateral (values ('criticality', (i % 4)::text), ('team', (i % 100)::text)) tag (name, value);
        insert into planning.plan_word
        select '{workspace}', i, word
        from generate_series(1, {count}) i, lateral (values ('payment'), ('platform'), ('migration'), ('step' || i)) w (word);
        insert into planning.gate_run_view
        select '{workspace}', 'gtr_' || i, 'pln_' || i / 3, 'schema_lint', 'validate_complete', null, 0, i, now(), null from generate_series(1, {count}) i;
        insert into planning.manifest_view
        select '{workspace}', 'hnd_' || i, 'pln_' || i / 2, 1, 'sha256:' || md5(i::text), 0, false, null, i, now(), null from generate_series(1, {count}) i;
        """);
}
