using Microsoft.Extensions.Logging;
using Planning.Artifacts;
using Planning.Domain.Rulebooks;
using Planning.Engine.Gates;
using Planning.Scripts.Contract;
using Planning.Scripts.Sandbox;

namespace Planning.Scripts;

/// <summary>A program of the organisation's own that reads plan and artifacts and writes findings; see docs/script-validators.md.</summary>
public sealed partial class ScriptValidator : IValidator
{
    /// <summary>In the report, where a run was allowed although it was not kept apart as it should.</summary>
    public const string IncompleteIsolationRule = "script.incomplete_isolation";

    /// <summary>Of what a script finds; shown with its validator's name and its own word for the rule.</summary>
    public const string OwnRule = "script.<name>.<rule>";

    private static readonly ValidatorParameter Command = new("command", ParameterType.Text, "\"\"") { Meaning = "the program's path below the server's folder for scripts; needed" };
    private static readonly ValidatorParameter Sha256 = new("sha256", ParameterType.Text, "\"\"") { Meaning = "SHA-256 of its bytes, in hex; another program under this name does not run; needed" };
    private static readonly ValidatorParameter Arguments = new("arguments", ParameterType.Names, "[]") { Meaning = "what it is called with" };

    private static readonly ValidatorParameter Cacheable = new("cacheable", ParameterType.Flag, "false")
    {
        Meaning = "whether plan, artifacts and arguments alone decide the findings, so that they are kept; it is then not told the time",
    };

    private readonly ScriptOptions options;
    private readonly TimeProvider time;
    private readonly ScriptFolder folder;
    private readonly ScriptGuard guard;
    private readonly ScriptSandbox? sandbox;

    /// <summary>Why no script runs here at all; null where they do.</summary>
    private readonly string? refusal;

    /// <summary>What a run lacks, where it is allowed to; empty where it lacks nothing.</summary>
    private readonly string missing = "";

    private ScriptValidator(ScriptOptions options, TimeProvider time, ScriptSandbox? sandbox, string? refusal, string missing)
    {
        (this.options, this.time, this.sandbox, this.refusal, this.missing) = (options, time, sandbox, refusal, missing);
        folder = new ScriptFolder(options.Folder);
        guard = new ScriptGuard(options, time);
    }

    public string Type => "script";
    public string Version => "1";
    public IReadOnlyList<ValidatorParameter> Parameters { get; } = [Command, Sha256, Arguments, Cacheable];

    /// <summary>Tries what this machine can do to keep scripts apart, and says in the log what it cannot.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message says which.</exception>
    public static ScriptValidator Open(ScriptOptions options, TimeProvider time, ILoggerFactory loggers) => Open(options, time, loggers, known: null);

    /// <param name="known">What the machine is taken to give; null: it is tried.</param>
    internal static ScriptValidator Open(ScriptOptions options, TimeProvider time, ILoggerFactory loggers, Isolation? known)
    {
        if (options.Problem() is { } problem)
            throw new ArgumentException(problem, nameof(options));
        if (options.Folder.Length == 0)
            return new ScriptValidator(options, time, null, "This server runs no scripts: it has no folder for them. Set PLANNING_SCRIPTS__FOLDER, or take the validator out of gates.yaml.", "");
        var logger = loggers.CreateLogger<ScriptValidator>();
        try
        {
            var tools = new SystemTools();
            var isolation = known ?? Isolation.Probe(tools, options);
            var made = new ScriptSandbox(options, tools, isolation, time);
            if (isolation.Missing.Count == 0)
                return new ScriptValidator(options, time, made, null, "");
            IncompleteIsolation(logger, isolation.MissingText, options.AllowIncompleteIsolation ? "run nevertheless" : "fail");
            return options.AllowIncompleteIsolation
                ? new ScriptValidator(options, time, made, null, isolation.MissingText)
                : new ScriptValidator(
                    options, time, null,
                    $"This server cannot keep scripts apart as it should; it lacks: {isolation.MissingText}. Run it as root with the right to make namespaces, or set PLANNING_SCRIPTS__ALLOWINCOMPLETEISOLATION.", "");
        }
        catch (ValidatorFailedException e)
        {
            NoScripts(logger, e.Message);
            return new ScriptValidator(options, time, null, e.Message, "");
        }
    }

    public string? CacheScope(GateInput input) => null;

    /// <summary>The hash of the program, and its arguments, are among the parameters.</summary>
    public string? CacheScope(GateInput input, ValidatorDefinition definition) =>
        Cacheable.FlagOf(definition) ? $"{definition.Name}\n{missing}\n{ScriptInput.PlanText(input.Plan)}" : null;

    public async ValueTask<IReadOnlyList<Finding>> ValidateAsync(GateInput input, ValidatorDefinition definition, CancellationToken cancellation)
    {
        if (sandbox is null)
            throw new ValidatorFailedException(refusal!);
        var (command, sha256) = (Command.TextOf(definition), Sha256.TextOf(definition));
        if (command.Length == 0 || sha256.Length == 0)
            throw new ValidatorFailedException("A script needs command and sha256. Add them to the validator's entry in gates.yaml.");
        var program = folder.Read(command, sha256);
        var text = ScriptInput.Write(input, definition, Cacheable.FlagOf(definition) ? null : input.At, options.MaxInputBytes);
        var limit = definition.Timeout < options.MaxTime ? definition.Timeout : options.MaxTime;
        var findings = await guard.RunAsync(
            command, sha256,
            () => sandbox.RunAsync(program, Arguments.NamesOf(definition), text, limit, cancellation),
            output => ScriptOutput.Read(output, definition.Name, input, options.MaxOutputBytes));
        return missing.Length == 0 ? findings : [.. findings, Incomplete(command)];
    }

    private Finding Incomplete(string command) => new(
        command, 1, 1, "", IncompleteIsolationRule, Severity.Info,
        $"The script {command} ran without: {missing}.", "Run the server where it can keep scripts apart; docs/script-validators.md says how.");

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "This machine cannot keep scripts apart as it should. It lacks: {Missing}. They {Outcome}")]
    private static partial void IncompleteIsolation(ILogger logger, string missing, string outcome);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Error, Message = "Script validators fail on this server. {Reason}")]
    private static partial void NoScripts(ILogger logger, string reason);
}
