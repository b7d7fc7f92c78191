using System.CommandLine;
using Planning.Cli.Handoff;
using Planning.Cli.Refreshes;

namespace Planning.Cli.Rulebooks;

/// <summary><c>planning rulebook</c>: from a folder of files to the rules that hold, and back.</summary>
public static class RulebookVerbs
{
    public static Command Build() => new("rulebook", "Rulebooks: validate, propose, try on the open plans, activate, roll back.")
    {
        ValidateRulebookCommand.Build(),
        Propose(),
        DryRun(),
        Activate(),
        History(),
    };

    private static Argument<string> Hash() => new("HASH") { Description = "Of a rulebook that is proposed or held before, as 'propose' and 'history' show it." };

    private static Command Propose()
    {
        var folder = RulebookFolder.Argument();
        return new Command("propose", "Send a rulebook to the server, which checks and keeps it; nothing lives by it.") { folder }.Asks(async (client, parsed, output, stop) =>
        {
            var files = await RulebookFolder.ReadAsync(parsed.GetRequiredValue(folder), stop);
            var proposal = await client.Rulebook.ProposeAsync(RulebookFolder.Texts(files), cancellation: stop);
            await output.WriteLineAsync($"{proposal.Hash}  {proposal.Status}".AsMemory(), stop);
        });
    }

    private static Command DryRun()
    {
        var hash = Hash();
        var stream = new Option<string?>("--stream") { Description = "Only plans of this stream.", HelpName = "STREAM" };
        return new Command("dry-run", "Show which verdicts on open plans would flip. Ends with 0 when none does, 1 when some do.") { hash, stream }.Asks(async (client, parsed, output, stop) =>
        {
            var (judged, flips, holding) = (0, 0, "");
            string? cursor = null;
            do
            {
                var page = await client.Rulebook.DryRunAsync(parsed.GetRequiredValue(hash), parsed.GetValue(stream), cursor: cursor, cancellation: stop);
                foreach (var line in page.Items.SelectMany(RulebookText.Of))
                    await output.WriteLineAsync(line.AsMemory(), stop);
                (judged, flips, holding, cursor) = (judged + page.Judged, flips + page.Items.Sum(i => i.Flips.Count), page.ActiveHash, page.NextCursor);
            }
            while (cursor is not null);
            await output.WriteLineAsync(RulebookText.Summary(judged, flips, holding).AsMemory(), stop);
            return flips == 0 ? ExitCodes.Ok : ExitCodes.Rejected;
        });
    }

    private static Command Activate()
    {
        var hash = Hash();
        return new Command("activate", "Let a rulebook hold from now on; an older one rolls back.") { hash }.Asks(async (client, parsed, output, stop) =>
        {
            var view = await client.Rulebook.ActivateAsync(parsed.GetRequiredValue(hash), cancellation: stop);
            await output.WriteLineAsync($"{view.Hash}  holds{(view.Replaces is { } before ? $", in the place of {before}" : "")}".AsMemory(), stop);
        });
    }

    private static Command History() => new Command("history", "Show what was proposed and activated, the last first.").Asks(async (client, _, output, stop) =>
    {
        string? cursor = null;
        do
        {
            var page = await client.Rulebook.ListAsync(cursor: cursor, cancellation: stop);
            foreach (var item in page.Items)
                await output.WriteLineAsync(RulebookText.Of(item).AsMemory(), stop);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    });
}
