using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Planning.Artifacts;
using Planning.Scripts.Sandbox;
using Planning.Scripts.Tests.Support;

namespace Planning.Scripts.Tests.Sandbox;

[UnsupportedOSPlatform("windows")]
public sealed class IsolationTests
{
    [ScriptFact("python3")]
    public async Task The_environment_holds_a_path_and_a_language_and_nothing_else()
    {
        Environment.SetEnvironmentVariable("PLANNING_TEST_SECRET", "a secret of the server");
        using var bench = new ScriptBench();

        Assert.Equal("{'PATH': '/usr/local/bin:/usr/bin:/bin', 'LANG': 'C.UTF-8'}", await bench.AskAsync("said = dict(os.environ)"));
    }

    [ScriptFact("python3")]
    public async Task It_runs_as_a_user_of_its_own_without_any_right()
    {
        using var bench = new ScriptBench();

        var said = await bench.AskAsync("""
            status = dict(line.split(':', 1) for line in open('/proc/self/status'))
            said = [os.getuid(), os.geteuid(), os.getgid(), os.getgroups()] + [status[name].strip() for name in ('CapPrm', 'CapEff', 'CapBnd', 'CapInh', 'NoNewPrivs')]
            """);

        var user = bench.Options.FirstUserId;
        const string none = "'0000000000000000'";
        Assert.Equal($"[{user}, {user}, {user}, [], {none}, {none}, {none}, {none}, '1']", said);
    }

    [ScriptFact("python3")]
    public async Task Files_of_the_server_are_closed_to_it()
    {
        using var bench = new ScriptBench();
        using var open = File.OpenRead("/etc/hostname");

        // The fourth is the folder that is being listed.
        Assert.Equal("4", await bench.AskAsync("said = len(os.listdir('/proc/self/fd'))"));
    }

    [ScriptFact("python3")]
    public async Task There_is_no_network_not_even_that_of_the_machine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var bench = new ScriptBench();

        var said = await bench.AskAsync($$"""
            import socket
            said = []
            for address in (('127.0.0.1', {{((IPEndPoint)listener.LocalEndpoint).Port}}), ('192.0.2.1', 443)):
                try:
                    socket.create_connection(address, 5)
                    said.append('connected')
                except OSError as e:
                    said.append(e.errno)
            """);

        Assert.Equal("[101, 101]", said);
        Assert.False(listener.Pending());
    }

    [ScriptFact("python3")]
    public async Task Only_the_working_folder_can_be_written_and_it_is_empty_and_goes_away()
    {
        using var bench = new ScriptBench();
        var open = Directory.CreateDirectory(Path.Combine(bench.Folder, "everybody"), (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(bench.Folder, (UnixFileMode)0b111_101_101);
        open.UnixFileMode = (UnixFileMode)0b111_111_111;

        var said = await bench.AskAsync($"""
            said = [os.getcwd(), os.listdir('.')]
            for folder in ('.', '{open.FullName}', '/tmp', '/var/tmp', '/dev/shm', os.path.dirname(sys.argv[0])):
                try:
                    open(os.path.join(folder, 'mine'), 'w').write('mine')
                    said.append('written')
                except OSError as e:
                    said.append(e.errno)
            """);

        var folder = said.Split('\'')[1];
        Assert.Equal($"['{folder}', [], 'written', 30, 30, 30, 30, 30]", said);
        Assert.False(Directory.Exists(folder));
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
        Assert.Empty(open.EnumerateFileSystemInfos());
    }

    [ScriptFact("python3")]
    public async Task Other_processes_are_out_of_its_sight()
    {
        using var bench = new ScriptBench();

        Assert.Equal("['1']", await bench.AskAsync("said = [name for name in os.listdir('/proc') if name.isdigit()]"));
    }

    [ScriptFact("python3")]
    public async Task Runs_at_the_same_time_have_different_users()
    {
        using var bench = new ScriptBench(with: options => options with { MaxConcurrent = 2 });
        using var pipes = new Rendezvous();
        var definition = bench.Write(ScriptBench.Python($"open('{pipes.First}').read()\nsaid = os.getuid()"));
        var other = bench.Write(ScriptBench.Python($"open('{pipes.Second}').read()\nsaid = os.getuid()"));

        var runs = new[] { bench.RunAsync(definition), bench.RunAsync(other) };
        await pipes.MeetAsync();

        Assert.Equal(2, (await Task.WhenAll(runs)).Select(findings => Assert.Single(findings).Message).Distinct().Count());
    }

    [ScriptFact("python3")]
    public async Task Where_namespaces_are_missing_it_still_has_a_user_of_its_own_and_the_result_says_what_it_lacks()
    {
        using var bench = new ScriptBench(isolation: new Isolation(OwnUser: true, Namespaces: false));

        var findings = await bench.RunAsync(bench.Write(ScriptBench.Python("said = [os.getuid(), dict(os.environ), len(os.listdir('/proc/self/fd'))]")));

        Assert.Equal([$"[{bench.Options.FirstUserId}, {{'PATH': '/usr/local/bin:/usr/bin:/bin', 'LANG': 'C.UTF-8'}}, 4]"], findings.Where(f => f.Rule == "script.owners.said").Select(f => f.Message));
        var lack = Assert.Single(findings, f => f.Rule == ScriptValidator.IncompleteIsolationRule);
        Assert.Equal(
            (Severity.Info, "The script program-0 ran without: a closed network, a read-only file system, processes out of sight of others."), (lack.Severity, lack.Message));
    }

    [ScriptFact("python3")]
    public async Task Who_is_not_root_has_namespaces_by_being_root_in_one_of_users()
    {
        using var bench = new ScriptBench(isolation: new Isolation(OwnUser: false, Namespaces: true));

        var said = await bench.AskAsync("""
            status = dict(line.split(':', 1) for line in open('/proc/self/status'))
            said = [os.getpid(), status['CapEff'].strip(), status['CapBnd'].strip(), os.listdir('/sys/class/net') and open('/proc/net/route').read().count('\n')]
            """);

        Assert.Equal("[1, '0000000000000000', '0000000000000000', 0]", said);
    }

    [ScriptFact]
    public async Task What_is_missing_makes_scripts_fail_unless_an_option_allows_it()
    {
        using var bench = new ScriptBench(isolation: new Isolation(OwnUser: false, Namespaces: true), with: options => options with { AllowIncompleteIsolation = false });

        Assert.Equal(
            "This server cannot keep scripts apart as it should; it lacks: a user of its own. Run it as root with the right to make namespaces, or set PLANNING_SCRIPTS__ALLOWINCOMPLETEISOLATION.",
            await bench.FailureAsync(bench.Write("#!/bin/sh\n")));
    }
}
