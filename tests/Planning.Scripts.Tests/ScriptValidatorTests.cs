using Planning.Artifacts;
using Planning.Engine.Gates;
using Planning.Scripts.Tests.Support;

namespace Planning.Scripts.Tests;

public sealed class ScriptValidatorTests
{
    private const string NoFindings = "#!/bin/sh\nprintf '{\"version\": 1, \"findings\": []}'\n";

    [ScriptFact]
    public async Task Findings_come_with_their_places_whether_by_pointer_or_by_line()
    {
        using var bench = new ScriptBench();
        var definition = bench.Write("""
            #!/bin/sh
            cat << 'END'
            {"version": 1, "findings": [
              {"file": "be_backlog.yaml", "pointer": "/tasks/1/id", "rule": "late", "severity": "error", "message": "It is 3 days late.", "advice": "Hurry.", "key": "late"},
              {"file": "be_backlog.yaml", "line": 4, "column": 5, "rule": "odd", "severity": "warning", "message": "It is odd.", "advice": "Look at it."},
              {"file": "be_backlog.yaml", "rule": "seen", "severity": "info", "message": "It was seen.", "advice": "Go on."}]}
            END

            """);

        Assert.Equal(
            [
                new Finding("be_backlog.yaml", 5, 9, "/tasks/1/id", "script.owners.late", Severity.Error, "It is 3 days late.", "Hurry.") { MessageKey = "late" },
                new Finding("be_backlog.yaml", 4, 5, "", "script.owners.odd", Severity.Warning, "It is odd.", "Look at it."),
                new Finding("be_backlog.yaml", 1, 1, "", "script.owners.seen", Severity.Info, "It was seen.", "Go on."),
            ],
            await bench.RunAsync(definition));
    }

    [ScriptFact("python3")]
    public async Task A_script_reads_the_plan_its_artifacts_and_its_arguments()
    {
        using var bench = new ScriptBench();
        var definition = bench.Write(
            ScriptBench.Python("plan = json.load(sys.stdin)\nsaid = [plan['validator'], plan['at'], plan['plan']['stream'], plan['artifacts'][0]['data']['tasks'][1]['id'], sys.argv[1:]]"),
            ("arguments", new[] { "a b", "$HOME", "--x" }));

        Assert.Equal("['owners', '2027-01-15T09:00:00+00:00', 'payments', 'A-2', ['a b', '$HOME', '--x']]", Assert.Single(await bench.RunAsync(definition)).Message);
    }

    [ScriptFact]
    public async Task A_script_need_not_read_its_input()
    {
        using var bench = new ScriptBench();

        Assert.Empty(await bench.RunAsync(bench.Write(NoFindings), ScriptBench.Input("a plan", ("notes.txt", new string('x', 1 << 20)))));
    }

    [ScriptFact]
    public async Task Another_program_under_the_name_does_not_run()
    {
        using var bench = new ScriptBench();
        var definition = bench.Write(NoFindings);
        await File.AppendAllTextAsync(Path.Combine(bench.Folder, "program-0"), "# changed\n");

        Assert.Contains("and gates.yaml names", await bench.FailureAsync(definition));
    }

    [ScriptTheory]
    [InlineData("absent.py")]
    [InlineData("../../bin/sh")]
    [InlineData("link")]
    [InlineData("folder")]
    public async Task Nothing_outside_of_the_folder_is_a_program(string command)
    {
        using var bench = new ScriptBench();
        File.CreateSymbolicLink(Path.Combine(bench.Folder, "link"), "/bin/sh");
        Directory.CreateDirectory(Path.Combine(bench.Folder, "folder"));

        Assert.Equal(
            $"The folder for scripts has no program {command}. Put it there on every server, or mend command in gates.yaml.",
            await bench.FailureAsync(ScriptBench.Definition(("command", command), ("sha256", new string('0', 64)))));
    }

    [ScriptFact]
    public async Task A_link_within_the_folder_is_followed()
    {
        using var bench = new ScriptBench();
        var definition = bench.Write(NoFindings);
        File.CreateSymbolicLink(Path.Combine(bench.Folder, "link"), "program-0");

        Assert.Empty(await bench.RunAsync(definition with { Parameters = definition.Parameters.SetItem("command", "\"link\"") }));
    }

    [Fact]
    public async Task Without_a_folder_every_script_is_refused()
    {
        using var bench = new ScriptBench(with: options => options with { Folder = "" });

        Assert.Equal(
            "This server runs no scripts: it has no folder for them. Set PLANNING_SCRIPTS__FOLDER, or take the validator out of gates.yaml.",
            await bench.FailureAsync(ScriptBench.Definition(("command", "a"), ("sha256", new string('0', 64)))));
    }

    [ScriptFact]
    public async Task An_exit_code_other_than_zero_is_a_failure_with_what_the_script_said_last()
    {
        using var bench = new ScriptBench();
        var definition = bench.Write(NoFindings + "echo 'no such table: people' >&2\nexit 3\n");

        Assert.Equal(
            "program-0 has failed. It ended with exit code 3: no such table: people. A failure never counts as a pass.", await bench.FailureAsync(definition));
    }

    [ScriptTheory]
    [InlineData("nobody-knows-this-command\n", "exit code 127")]
    [InlineData("#!/nowhere/interpreter\n", "failed to execute")]
    [InlineData("#!/bin/sh\nkill -SEGV $$; kill -KILL $$; while :; do :; done\n", "It ")]
    public async Task What_cannot_run_or_crashes_is_a_failure(string program, string said)
    {
        using var bench = new ScriptBench(with: options => options with { MaxCpuTime = TimeSpan.FromSeconds(1) });

        Assert.Contains(said, await bench.FailureAsync(bench.Write(program)));
    }

    [ScriptFact]
    public async Task What_is_too_much_to_read_fails_before_the_script_starts()
    {
        using var bench = new ScriptBench(with: options => options with { MaxInputBytes = 2048 });

        Assert.Contains("max_input_bytes is 2048", await bench.FailureAsync(bench.Write(NoFindings), ScriptBench.Input("a plan", ("notes.txt", new string('x', 4096)))));
    }

    [ScriptFact("python3")]
    public async Task A_cacheable_script_is_not_told_the_time_and_its_results_hang_on_the_plan()
    {
        using var bench = new ScriptBench();
        var definition = bench.Write(ScriptBench.Python("said = 'at' in json.load(sys.stdin)"), ("cacheable", true));
        IValidator validator = bench.Validator();

        Assert.Equal("False", Assert.Single(await bench.RunAsync(definition)).Message);
        Assert.Null(validator.CacheScope(ScriptBench.Input(), bench.Write(NoFindings)));
        Assert.Equal(validator.CacheScope(ScriptBench.Input(), definition), validator.CacheScope(ScriptBench.Input() with { At = default }, definition));
        Assert.NotEqual(validator.CacheScope(ScriptBench.Input(), definition), validator.CacheScope(ScriptBench.Input("another title"), definition));
    }
}
