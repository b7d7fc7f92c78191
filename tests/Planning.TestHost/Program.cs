// A process that holds a private PostgreSQL, for tests that end such a process in every way.
//   Planning.TestHost DATA_FOLDER [SETTING=VALUE ...]
// It writes one line of JSON once the database answers, and ends in good order on SIGTERM.
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Postgres.Private;

var options = new PrivatePostgresOptions
{
    DataFolder = args[0],
    Settings = args.Skip(1).Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
};
var asked = new TaskCompletionSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    asked.TrySetResult();
});
using var held = HolderLock.Acquire(options.DataFolder, new Holder(Environment.ProcessId, TimeProvider.System.GetUtcNow(), "http://localhost:5080"));
var since = TimeProvider.System.GetTimestamp();
await using var postgres = await PrivatePostgres.StartAsync(options, NullLogger.Instance);
var startMs = TimeProvider.System.GetElapsedTime(since).TotalMilliseconds;
Console.WriteLine(JsonSerializer.Serialize(new
{
    server = postgres.ProcessId, adopted = postgres.Adopted, connection = postgres.ConnectionString, start_ms = startMs,
}));
await asked.Task;
