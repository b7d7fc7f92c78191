using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Artifacts.Canonical;
using Planning.Benchmarks.Harness;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
using Planning.Scripts;

namespace Planning.Benchmarks.Gates;

/// <summary>What it costs to run a program as a validator, of one that does nothing; left out where programs cannot be kept apart.</summary>
internal static class ScriptBenchmarks
{
    private static readonly byte[] Program = Encoding.UTF8.GetBytes("#!/bin/sh\nprintf '{\"version\": 1, \"findings\": []}'\n");

    public static IReadOnlyList<Benchmark> All { get; } = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? [new("gates.script", RunAsync)] : [];

    private static async Task<Measured> RunAsync(BenchmarkRun run)
    {
        var folder = Directory.CreateTempSubdirectory("planning-bench-scripts-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "nothing.sh"), Program);
            var validator = ScriptValidator.Open(new ScriptOptions { Folder = folder.FullName }, TimeProvider.System, NullLoggerFactory.Instance);
            var parameters = new Dictionary<string, object> { ["command"] = "nothing.sh", ["sha256"] = Checksum.Sha256Hex(Program) };
            var definition = new ValidatorDefinition(
                "script", "nothing", parameters.ToImmutableSortedDictionary(p => p.Key, p => JsonSerializer.Serialize(p.Value)), TimeSpan.FromMinutes(1));
            var input = new GateInput(new Plan { Id = new PlanId("pln_1"), Title = "A plan", Stream = "payments" }, [], null!, DateTimeOffset.UnixEpoch, null!);
            return await ClosedLoop.RunAsync(1, run.Seconds, async _ =>
            {
                if ((await validator.ValidateAsync(input, definition, CancellationToken.None)).Count > 0)
                    throw new InvalidOperationException("It found something.");
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
