using System.CommandLine;
using Planning.Artifacts;
using Planning.Cli.Handoff;
using Planning.Domain.Rulebooks;
using Planning.Engine.Rulebooks;

namespace Planning.Cli.Artifacts;

/// <summary>By which rules files are judged: a rulebook in a folder, or the shipped one.</summary>
internal sealed class RulebookOption
{
    private readonly Option<string?> folder = new("--rulebook")
    {
        Description = "A folder with files of a rulebook; its kinds and parameters hold. Files that it lacks are the shipped ones.",
        HelpName = "FOLDER",
    };

    public void AddTo(Command command) => command.Add(folder);

    /// <exception cref="CommandFailedException">There is no such folder, or its rulebook has errors.</exception>
    public async Task<Rulebook> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(folder) is not { } path)
            return DefaultRulebook.Load();
        if (!Directory.Exists(path))
            throw new CommandFailedException($"There is no folder {path}.");
        var files = DefaultRulebook.Files.Bytes;
        foreach (var name in RulebookFiles.Known.Where(name => File.Exists(Path.Combine(path, name))))
            files = files.SetItem(name, await File.ReadAllBytesAsync(Path.Combine(path, name), cancellation));
        var reading = RulebookReader.Read(new RulebookFiles(files));
        return reading.Rulebook ?? throw new CommandFailedException(
            $"The rulebook in {path} does not stand:\n{string.Join('\n', reading.Findings.Select(f => FindingText.Line(f with { File = Path.Combine(path, f.File) })))}");
    }
}
