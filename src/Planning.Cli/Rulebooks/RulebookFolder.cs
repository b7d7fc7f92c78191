using System.CommandLine;
using System.Text;
using Planning.Artifacts.Documents;
using Planning.Cli.Handoff;
using Planning.Engine.Rulebooks;

namespace Planning.Cli.Rulebooks;

/// <summary>A rulebook as a folder of files.</summary>
internal static class RulebookFolder
{
    public static Argument<string> Argument() => new("FOLDER") { Description = "The folder with gates.yaml, governance.yaml, kpis.yaml, sealing.yaml, calendars.yaml and, if need be, artifacts.yaml." };

    /// <summary>Every YAML file of the folder itself: one that a rulebook does not know is a mistake, and the server would not take it either.</summary>
    /// <exception cref="CommandFailedException">There is no such folder.</exception>
    public static async Task<RulebookFiles> ReadAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new CommandFailedException($"There is no folder {folder}.");
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var path in Directory.EnumerateFiles(folder).Where(p => ArtifactParser.FormatOf(p) == ArtifactFormat.Yaml))
            files.Add(KeyValuePair.Create(Path.GetFileName(path), (ReadOnlyMemory<byte>)await File.ReadAllBytesAsync(path, cancellation)));
        return RulebookFiles.Of(files);
    }

    /// <summary>As they are sent.</summary>
    /// <exception cref="CommandFailedException">A file is not UTF-8: its text would not have its hash.</exception>
    public static Dictionary<string, string> Texts(RulebookFiles files) => files.Bytes.ToDictionary(f => f.Key, f => Text(f.Key, f.Value.Span), StringComparer.Ordinal);

    private static string Text(string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandFailedException($"{name} is not UTF-8. Store it as UTF-8.", e);
        }
    }
}
