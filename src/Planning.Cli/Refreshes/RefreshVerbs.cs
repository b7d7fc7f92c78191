using System.CommandLine;
using System.Globalization;
using Planning.Cli.Handoff;
using Planning.Client;
using Planning.Contracts;

namespace Planning.Cli.Refreshes;

/// <summary><c>planning refresh</c>: refreshes of shared environments, from the request to the history.</summary>
public static class RefreshVerbs
{
    public static Command Build() => new("refresh", "Refreshes of shared environments: request, approve, run, look up.")
    {
        List(),
        Show(),
        Conflicts(),
        History(),
        CalendarVerb.Build(),
        Request(),
        Approve(),
        Accept(),
        Move(),
        Step("schedule", "Ask for a slot again, after a refresh was unscheduled.", (client, id, stop) => client.ScheduleAsync(id, cancellation: stop)),
        Step("start", "Start a refresh in its window.", (client, id, stop) => client.StartAsync(id, cancellation: stop)),
        Step("retry", "Try a failed refresh again, in what is left of its window.", (client, id, stop) => client.RetryAsync(id, cancellation: stop)),
        Step("resume", "Go on with a process that waits for somebody to look.", (client, id, stop) => client.ResumeAsync(id, cancellation: stop)),
        Complete(),
        Reasoned("reject", "Send a refresh back to its requester.", (client, id, reason, stop) => client.RejectAsync(id, reason, cancellation: stop)),
        Reasoned("fail", "Report that a refresh has failed.", (client, id, reason, stop) => client.FailAsync(id, reason, cancellation: stop)),
        Reasoned("roll-back", "Report that a refresh is rolled back.", (client, id, reason, stop) => client.RollBackAsync(id, reason, cancellation: stop)),
        Reasoned("cancel", "Give a refresh up before it begins.", (client, id, reason, stop) => client.CancelAsync(id, reason, cancellation: stop)),
    };

    private static Argument<string> Id() => new("REFRESH_ID");

    private static Option<DateTimeOffset> Time(string name, string what) => new(name)
    {
        Description = $"{what}, with its offset: 2027-01-31T22:00+01:00.",
        HelpName = "TIME",
        Required = true,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            // A time without its offset would be read in this machine's zone, which nobody meant.
            if ((text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)) && text.Contains('T', StringComparison.Ordinal)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return at;
            result.AddError($"{name} is a time with its offset, such as 2027-01-31T22:00+01:00 or 2027-01-31T21:00Z, not '{text}'.");
            return default;
        },
    };

    private static Option<string[]> Words(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "A,B",
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    private static Command List()
    {
        var environment = new Option<string?>("--environment") { Description = "Of this environment alone.", HelpName = "ID" };
        var status = new Option<string?>("--status") { Description = "DRAFT, REQUESTED, APPROVED, SCHEDULED, IN_PROGRESS, COMPLETED, CANCELLED, FAILED, ROLLED_BACK." };
        var command = new Command("list", "List refreshes, newest first.") { environment, status };
        return command.Asks(async (client, parsed, output, stop) =>
        {
            var page = await client.Refreshes.ListAsync(new RefreshQuery(parsed.GetValue(environment), parsed.GetValue(status)), cancellation: stop);
            await output.WriteAsync(RefreshText.Of(page.Items).AsMemory(), stop);
        });
    }

    private static Command Show()
    {
        var id = Id();
        return new Command("show", "Show a refresh, with everything that it destroys.") { id }.Asks(async (client, parsed, output, stop) =>
            await output.WriteAsync(RefreshText.Of(await client.Refreshes.GetAsync(parsed.GetRequiredValue(id), stop)).AsMemory(), stop));
    }

    private static Command Conflicts()
    {
        var id = Id();
        return new Command("conflicts", "What a refresh would meet in its window, and when nothing would.") { id }.Asks(async (client, parsed, output, stop) =>
            await output.WriteAsync(RefreshText.Of(await client.Refreshes.ConflictsAsync(parsed.GetRequiredValue(id), stop)).AsMemory(), stop));
    }

    private static Command History()
    {
        var environment = new Option<string?>("--environment") { Description = "Of this environment alone.", HelpName = "ID" };
        return new Command("history", "What was done to environments, the last first.") { environment }.Asks(async (client, parsed, output, stop) =>
            await output.WriteAsync(RefreshText.Of((await client.Refreshes.HistoryAsync(parsed.GetValue(environment), cancellation: stop)).Items).AsMemory(), stop));
    }

    private static Command Request()
    {
        var environment = new Option<string>("--environment") { Description = "The environment's id.", HelpName = "ID", Required = true };
        var type = new Option<string>("--type") { Description = "database_copy, redeployment or reset.", Required = true };
        var (from, to) = (Time("--from", "When it may begin"), Time("--to", "When it has to be over"));
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var (keep, notify) = (Words("--keep", "What is to be kept: test_accounts, configuration."), Words("--notify", "Groups that are told."));
        var children = new Option<bool>("--with-children") { Description = "It reaches the environments below, too." };
        var draft = new Option<bool>("--draft") { Description = "Only draft it." };
        var command = new Command("request", "Request the refresh of an environment.") { environment, type, from, to, reason, keep, notify, children, draft };
        return command.Shows((client, parsed, stop) => client.DraftAsync(
            new DraftRefreshRequest(
                parsed.GetRequiredValue(environment), parsed.GetRequiredValue(type), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetRequiredValue(reason),
                parsed.GetValue(keep), parsed.GetValue(children), parsed.GetValue(notify), Request: !parsed.GetValue(draft)),
            cancellation: stop));
    }

    private static Command Approve()
    {
        var id = Id();
        var destroys = Words("--destroys", "Everything that the refresh destroys, as 'show' lists it.");
        destroys.Required = true;
        var notes = new Option<string?>("--notes");
        return new Command("approve", "Approve a refresh, naming what it destroys.") { id, destroys, notes }.Shows((client, parsed, stop) => client.ApproveAsync(
            parsed.GetRequiredValue(id), new ApproveRefreshRequest(parsed.GetRequiredValue(destroys), parsed.GetValue(notes)), cancellation: stop));
    }

    private static Command Accept()
    {
        var id = Id();
        var conflicts = new Argument<string[]>("CONFLICT") { Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        return new Command("accept", "Accept that a refresh disturbs others.") { id, conflicts, reason }.Shows((client, parsed, stop) => client.AcceptConflictsAsync(
            parsed.GetRequiredValue(id), parsed.GetRequiredValue(conflicts), parsed.GetRequiredValue(reason), cancellation: stop));
    }

    private static Command Move()
    {
        var id = Id();
        var (from, to) = (Time("--from", "When it may begin"), Time("--to", "When it has to be over"));
        return new Command("move", "Move a refresh to another window.") { id, from, to }.Shows((client, parsed, stop) =>
            client.MoveAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), cancellation: stop));
    }

    private static Command Complete()
    {
        var id = Id();
        var report = new Option<string?>("--report") { Description = "What was done." };
        return new Command("complete", "Report that a refresh is done.") { id, report }.Shows((client, parsed, stop) =>
            client.CompleteAsync(parsed.GetRequiredValue(id), parsed.GetValue(report), cancellation: stop));
    }

    private static Command Step(string name, string description, Func<RefreshesClient, string, CancellationToken, Task<RefreshView>> step)
    {
        var id = Id();
        return new Command(name, description) { id }.Shows((client, parsed, stop) => step(client, parsed.GetRequiredValue(id), stop));
    }

    private static Command Reasoned(string name, string description, Func<RefreshesClient, string, string, CancellationToken, Task<RefreshView>> step)
    {
        var id = Id();
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        return new Command(name, description) { id, reason }.Shows((client, parsed, stop) => step(client, parsed.GetRequiredValue(id), parsed.GetRequiredValue(reason), stop));
    }

    /// <summary>Shows the refresh that the server answers with.</summary>
    private static Command Shows(this Command command, Func<RefreshesClient, ParseResult, CancellationToken, Task<RefreshView>> ask) =>
        command.Asks(async (client, parsed, output, stop) => await output.WriteAsync(RefreshText.Of(await ask(client.Refreshes, parsed, stop)).AsMemory(), stop));

    internal static Command Asks(this Command command, Func<PlanningClient, ParseResult, TextWriter, CancellationToken, Task> ask) => command.Asks(async (client, parsed, output, stop) =>
    {
        await ask(client, parsed, output, stop);
        return ExitCodes.Ok;
    });

    /// <param name="ask">Answers with the exit code.</param>
    internal static Command Asks(this Command command, Func<PlanningClient, ParseResult, TextWriter, CancellationToken, Task<int>> ask)
    {
        var server = new ServerOptions();
        server.AddTo(command);
        command.Does(async (parsed, cancellation) =>
        {
            using var client = server.Client(parsed);
            try
            {
                return await ask(client, parsed, parsed.InvocationConfiguration.Output, cancellation);
            }
            catch (PlanningApiException refused)
            {
                throw new CommandFailedException(RefreshText.Of(refused), refused) { ExitCode = ExitCodes.Rejected };
            }
            catch (PlanningConnectionException lost)
            {
                throw new CommandFailedException(lost.Message, lost);
            }
        });
        return command;
    }
}
