using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Planning.Artifacts;
using Planning.Artifacts.Canonical;
using Planning.Artifacts.Documents;
using Planning.Domain;
using Planning.Domain.Plans;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
using Planning.Scripts.Sandbox;

namespace Planning.Scripts.Tests.Support;

/// <summary>A folder of programs that the test writes, and a validator over it.</summary>
internal sealed class ScriptBench : IDisposable
{
    public const string Backlog = """
        version: 1.0.0
        tasks:
          - id: A-1
            assignee: ada
          - id: A-2

        """;

    public static readonly DateTimeOffset At = new(2027, 1, 15, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Users that no other test process has now, nor a server of this machine by default.</summary>
    private static int nextUser = 1_000_000 + (Environment.ProcessId * 64);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("planning-scripts-test-");
    private ScriptValidator? validator;

    public ScriptBench(TimeProvider? time = null, Isolation? isolation = null, Func<ScriptOptions, ScriptOptions>? with = null)
    {
        Options = new ScriptOptions { Folder = folder.FullName, FirstUserId = Interlocked.Add(ref nextUser, 4), MaxConcurrent = 1, AllowIncompleteIsolation = isolation is not null };
        Options = with?.Invoke(Options) ?? Options;
        Validator = () => validator ??= ScriptValidator.Open(Options, time ?? TimeProvider.System, NullLoggerFactory.Instance, isolation ?? new Isolation(OwnUser: true, Namespaces: true));
    }

    public ScriptOptions Options { get; }

    public Func<ScriptValidator> Validator { get; }

    public string Folder => folder.FullName;

    public static GateInput Input(string title = "a plan", params (string Name, string Text)[] artifacts) => new(
        new Plan { Id = new PlanId("pln_1"), Title = title, Stream = "payments" },
        [.. (artifacts.Length > 0 ? artifacts : [("be_backlog.yaml", Backlog)]).Select(a => Artifact(a.Name, Encoding.UTF8.GetBytes(a.Text)))],
        null!, At, null!);

    public static GateArtifact Artifact(string name, byte[] bytes) =>
        new(name, new ContentHash(Checksum.Of(bytes)), Evidence: false, new ArtifactContent(name, bytes, ArtifactLimits.Default));

    public static ValidatorDefinition Definition(params (string Name, object Value)[] parameters) => new(
        "script", "owners", parameters.ToImmutableSortedDictionary(p => p.Name, p => JsonSerializer.Serialize(p.Value)), TimeSpan.FromMinutes(5));

    /// <summary>Writes a program, and answers with the entry of gates.yaml that names it.</summary>
    public ValidatorDefinition Write(string program, params (string Name, object Value)[] more)
    {
        var bytes = Encoding.UTF8.GetBytes(program);
        var name = $"program-{Directory.GetFiles(Folder).Length.ToString(CultureInfo.InvariantCulture)}";
        File.WriteAllBytes(Path.Combine(Folder, name), bytes);
        return Definition([("command", name), ("sha256", Checksum.Sha256Hex(bytes)), .. more]);
    }

    public async Task<IReadOnlyList<Finding>> RunAsync(ValidatorDefinition definition, GateInput? input = null, CancellationToken cancellation = default) =>
        await Validator().ValidateAsync(input ?? Input(), definition, cancellation);

    /// <summary>What a Python program says about where it runs: the message of its one finding.</summary>
    /// <param name="body">Sets <c>said</c>.</param>
    public async Task<string> AskAsync(string body) => Assert.Single(await RunAsync(Write(Python(body))), f => f.Rule == "script.owners.said").Message;

    /// <summary>Why the run failed.</summary>
    public async Task<string> FailureAsync(ValidatorDefinition definition, GateInput? input = null) =>
        (await Assert.ThrowsAsync<ValidatorFailedException>(() => RunAsync(definition, input))).Message;

    /// <summary>A program that runs the body and tells what the body has said.</summary>
    public static string Python(string body) => "#!/usr/bin/env python3\nimport json, os, sys, time\nsaid = 'nothing'\n" + body + """

        print(json.dumps({"version": 1, "findings": [
            {"file": "be_backlog.yaml", "rule": "said", "severity": "info", "message": str(said), "advice": "Read it."}]}))
        """;

    /// <summary>Processes that still run as the run's user.</summary>
    public IEnumerable<string> Leftovers() => Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Where(path =>
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(path, "status"));
            return status.Contains($"\nUid:\t{Options.FirstUserId}\t", StringComparison.Ordinal) && !status.Contains("\nState:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    });

    public void Dispose() => folder.Delete(recursive: true);
}
