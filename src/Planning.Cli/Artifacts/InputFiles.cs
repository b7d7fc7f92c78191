using System.CommandLine;
using Planning.Artifacts.Documents;
using Planning.Cli.Handoff;

namespace Planning.Cli.Artifacts;

/// <summary>A file to judge.</summary>
/// <param name="Path">As the reader of a report knows it.</param>
/// <param name="Name">As a plan would name it: below the folder that was named, or without folders.</param>
internal sealed record InputFile(string Path, string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>The files that a command was given: files, folders with everything below them, and <c>-</c> for standard input.</summary>
internal sealed class InputFiles(Func<Stream> standardInput)
{
    private const string StandardInput = "-";

    /// <summary>One byte more than is judged is enough to see that a file is too large.</summary>
    private static readonly int MaxBytes = ArtifactLimits.Default.MaxBytes + 1;

    private readonly Option<string> name = new("--name")
    {
        Description = "What standard input is called; the name decides format and kind.",
        DefaultValueFactory = _ => "stdin.yaml",
    };

    public Argument<string[]> Paths { get; } = new("FILE")
    {
        Description = "Files, folders, or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        command.Add(Paths);
        command.Add(name);
    }

    /// <summary>Reads what can be read; each other path is a sentence on the error stream.</summary>
    /// <param name="concerns">Which files of a folder to read; one that is named itself is always read.</param>
    public async Task<(List<InputFile> Files, bool AllRead)> ReadAsync(ParseResult parsed, Func<string, bool> concerns, CancellationToken cancellation)
    {
        var files = new List<InputFile>();
        var allRead = true;
        foreach (var (path, given) in parsed.GetRequiredValue(Paths).SelectMany(path => Expand(path, concerns)))
        {
            try
            {
                files.Add(path == StandardInput
                    ? new InputFile(parsed.GetRequiredValue(name), parsed.GetRequiredValue(name), await ReadAsync(standardInput(), cancellation))
                    : new InputFile(path, given, await ReadAsync(File.OpenRead(path), cancellation)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(File.Exists(path) ? e.Message : $"There is no file {path}.");
                allRead = false;
            }
        }
        return (files, allRead);
    }

    /// <exception cref="CommandFailedException">There is no such file.</exception>
    public static async Task<byte[]> ReadOneAsync(string path, CancellationToken cancellation) => File.Exists(path)
        ? await ReadAsync(File.OpenRead(path), cancellation)
        : throw new CommandFailedException($"There is no file {path}.");

    private static IEnumerable<(string Path, string Name)> Expand(string path, Func<string, bool> concerns)
    {
        if (!Directory.Exists(path))
            return [(path, Path.GetFileName(path))];
        return Walk(new DirectoryInfo(path)).Where(concerns).Select(found => (found, Path.GetRelativePath(path, found).Replace('\\', '/')));

        // Names with a dot are a tool's own; links could lead round in circles.
        IEnumerable<string> Walk(DirectoryInfo folder) => folder.EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.') && entry.LinkTarget is null)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .SelectMany(entry => entry is DirectoryInfo below ? Walk(below) : [Path.Combine(path, Path.GetRelativePath(path, entry.FullName))]);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        await using (stream)
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[81_920];
            while (bytes.Length < MaxBytes && await stream.ReadAsync(buffer, cancellation) is var read and > 0)
                bytes.Write(buffer, 0, (int)Math.Min(read, MaxBytes - bytes.Length));
            return bytes.ToArray();
        }
    }
}
