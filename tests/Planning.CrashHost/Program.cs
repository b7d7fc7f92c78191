// The real server in a process that ends itself, as by kill -9, where it is told to.
//   Planning.CrashHost --data DIR | --database CONNECTION  [--url URL] [--fault NAME:N] [--mutant lose-ack:N]
//   Planning.CrashHost --hold-head CONNECTION   is no server, but a writer that stays in the middle of its commit
// On standard output, among the log, it says "@ database CONNECTION" and "@ serving URL" once it serves, and "@ fault NAME"
// as its last word.
// On standard input it takes "arm NAME:N" and answers "@ armed"; the end of the input stops it in good order, so that it
// never outlives whoever started it.
using Planning.Cli.Serve;
using Planning.CrashHost;
using Planning.Postgres.Leases;

var arguments = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1]);
if (arguments.TryGetValue("--hold-head", out var held))
{
    await HeadHolder.RunAsync(held);
    return;
}
var faults = new Faults();
if (arguments.TryGetValue("--fault", out var fault))
    faults.Arm(fault);
var mutant = arguments.TryGetValue("--mutant", out var spec) ? LostAcknowledgement.Of(spec) : null;

var settings = new ServeSettings
{
    Url = arguments.GetValueOrDefault("--url", "http://127.0.0.1:0"),
    Database = arguments.GetValueOrDefault("--database"),
    Data = arguments.GetValueOrDefault("--data", ".data"),
    LogLevel = "Warning",
    LogFormat = "text",
    // A killed holder keeps the lease until it runs out, and the next one waits for that.
    Lease = new LeaseOptions { Duration = TimeSpan.FromSeconds(2), RenewEvery = TimeSpan.FromSeconds(0.5), TryEvery = TimeSpan.FromSeconds(0.2) },
};
await using var server = await PlanningServer.StartAsync(settings, CancellationToken.None, backend => FaultyBackend.Around(backend, faults, mutant));
Said.Line($"database {server.ConnectionString}");
Said.Line($"serving {server.Url}");

while (await Console.In.ReadLineAsync() is { } line)
{
    if (line.StartsWith("arm ", StringComparison.Ordinal))
        faults.Arm(line["arm ".Length..]);
    Said.Line("armed");
}
