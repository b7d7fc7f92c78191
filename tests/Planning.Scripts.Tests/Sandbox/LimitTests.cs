using System.Runtime.Versioning;
using Planning.Scripts.Sandbox;
using Planning.Scripts.Tests.Support;

namespace Planning.Scripts.Tests.Sandbox;

[UnsupportedOSPlatform("windows")]
public sealed class LimitTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromMinutes(2);

    /// <summary>Without namespaces, too, a run must come to its end.</summary>
    public static TheoryData<bool> Namespaces => [true, false];

    [ScriptTheory("python3"), MemberData(nameof(Namespaces))]
    public async Task Endless_time_ends_when_it_is_up(bool namespaces)
    {
        using var bench = Bench(namespaces, options => options with { MaxTime = TimeSpan.FromSeconds(1) });

        Assert.Contains("It did not come to an end within 1 s.", await bench.FailureAsync(bench.Write(ScriptBench.Python("time.sleep(1000)"))));
        Assert.Empty(bench.Leftovers());
    }

    [ScriptFact]
    public async Task The_time_of_the_rulebook_holds_too()
    {
        using var bench = Bench(namespaces: true);

        Assert.Contains("within 0.5 s.", await bench.FailureAsync(bench.Write("#!/bin/sh\nsleep 1000\n") with { Timeout = TimeSpan.FromMilliseconds(500) }));
    }

    [ScriptFact]
    public async Task Processor_time_is_bounded_by_the_kernel()
    {
        using var bench = Bench(namespaces: true, options => options with { MaxCpuTime = TimeSpan.FromSeconds(1), MaxTime = Ample });

        Assert.Contains("max_cpu_time = 1 s", await bench.FailureAsync(bench.Write("#!/bin/sh\nwhile :; do :; done\n")));
    }

    [ScriptFact("python3")]
    public async Task One_process_gets_no_more_memory_than_allowed()
    {
        using var bench = Bench(namespaces: true, options => options with { MaxMemoryBytes = 64 << 20 });

        Assert.Contains("MemoryError", await bench.FailureAsync(bench.Write(ScriptBench.Python("hog = bytearray(100 << 20)"))));
    }

    [ScriptTheory("python3")]
    [InlineData("bytearray(30 << 20)")]
    // What is shared from the beginning is no data of a process.
    [InlineData("mmap.mmap(-1, 70 << 20)")]
    public async Task Processes_together_get_no_more_memory_than_allowed(string hog)
    {
        using var bench = Bench(namespaces: true, options => options with { MaxMemoryBytes = 64 << 20, MaxTime = Ample });

        var failure = await bench.FailureAsync(bench.Write(ScriptBench.Python($"""
            import mmap
            for child in range(4):
                if os.fork() == 0:
                    hog = {hog}
                    for at in range(0, len(hog), 4096):
                        hog[at] = 1
                    time.sleep(1000)
            time.sleep(1000)
            """)));

        Assert.Contains("It took more memory than max_memory_bytes = 67108864.", failure);
        Assert.Empty(bench.Leftovers());
    }

    [ScriptTheory]
    [InlineData("yes", "output")]
    [InlineData("yes >&2", "error output")]
    public async Task Endless_output_ends_at_its_limit(string command, string name)
    {
        using var bench = Bench(namespaces: true, options => options with { MaxOutputBytes = 100_000, MaxTime = Ample });

        Assert.Contains($"It wrote more to its {name} than max_output_bytes = 100000.", await bench.FailureAsync(bench.Write($"#!/bin/sh\n{command}\n")));
        Assert.Empty(bench.Leftovers());
    }

    [ScriptTheory("python3"), MemberData(nameof(Namespaces))]
    public async Task A_fork_bomb_goes_off_within_its_limit_and_leaves_nothing(bool namespaces)
    {
        using var bench = Bench(namespaces, options => options with { MaxProcesses = 20 });

        var said = await bench.AskAsync("""
            count = 0
            try:
                while count < 1000:
                    if os.fork() == 0:
                        os.setsid()
                        time.sleep(1000)
                    count += 1
            except OSError as e:
                said = [count, e.errno]
            """);

        Assert.Equal("[19, 11]", said);
        Assert.Empty(bench.Leftovers());
    }

    [ScriptTheory("python3"), MemberData(nameof(Namespaces))]
    public async Task A_child_left_behind_is_ended_although_it_has_left_the_group_and_holds_the_output_open(bool namespaces)
    {
        using var bench = Bench(namespaces);

        Assert.Equal("left", await bench.AskAsync("""
            sys.stdout.flush()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(1000)
                os._exit(0)
            os.wait()
            said = 'left'
            """));
        Assert.Empty(bench.Leftovers());
    }

    [ScriptFact("python3")]
    public async Task A_script_that_hides_from_its_parent_ends_in_time_all_the_same()
    {
        using var bench = Bench(namespaces: true, options => options with { MaxTime = TimeSpan.FromSeconds(1) });

        Assert.Contains("It did not come to an end", await bench.FailureAsync(bench.Write(ScriptBench.Python("""
            import ctypes, signal
            for number in range(1, 32):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except OSError:
                    pass
            ctypes.CDLL(None).prctl(1, 0)
            os.setsid() if os.getpid() != os.getpgid(0) else None
            while True:
                time.sleep(1000)
            """))));
        Assert.Empty(bench.Leftovers());
    }

    [ScriptFact("python3")]
    public async Task Open_files_are_bounded()
    {
        using var bench = Bench(namespaces: true, options => options with { MaxOpenFiles = 32 });

        Assert.Equal("[29, 24]", await bench.AskAsync("""
            files = []
            try:
                while True:
                    files.append(os.open('/dev/null', os.O_RDONLY))
            except OSError as e:
                said = [len(files), e.errno]
            for file in files:
                os.close(file)
            """));
    }

    [ScriptFact("python3")]
    public async Task Files_together_are_bounded()
    {
        using var bench = Bench(namespaces: true, options => options with { MaxFileBytes = 1 << 20 });

        Assert.Equal("28", await bench.AskAsync("""
            try:
                for name in range(10):
                    with open(str(name), 'wb') as file:
                        file.write(bytes(400_000))
            except OSError as e:
                said = e.errno
            """));
    }

    [ScriptFact("python3")]
    public async Task A_run_that_is_not_wanted_any_more_leaves_nothing_and_says_so()
    {
        using var bench = Bench(namespaces: true);
        using var pipes = new Rendezvous();
        using var unwanted = new CancellationTokenSource();
        var run = bench.RunAsync(bench.Write(ScriptBench.Python($"open('{pipes.First}').read()\ntime.sleep(1000)")), cancellation: unwanted.Token);
        await Rendezvous.OneAsync(pipes.First);

        await unwanted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(bench.Leftovers());
    }

    private static ScriptBench Bench(bool namespaces, Func<ScriptOptions, ScriptOptions>? with = null) =>
        new(isolation: namespaces ? null : new Isolation(OwnUser: true, Namespaces: false), with: with);
}
