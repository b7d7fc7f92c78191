using System.Text;
using Planning.Artifacts.Canonical;
using Planning.Engine.Handoff.Packs;

namespace Planning.Cli.Handoff;

/// <summary>What follows <c>--trust</c>: fingerprints, files, and folders whose .pem and .txt files are read.</summary>
internal static class TrustFiles
{
    /// <exception cref="CommandFailedException">Something of it cannot be read, or it names no key at all.</exception>
    public static TrustedKeys Read(IReadOnlyList<string> trust)
    {
        var all = TrustedKeys.None;
        foreach (var source in trust)
            all = all.And(Checksum.IsWellFormed(source) ? TrustedKeys.Of(source) : ReadPath(source));
        return all.Roles.IsEmpty
            ? throw new CommandFailedException($"There is no key in {string.Join(", ", trust)}. Give public keys or their fingerprints.")
            : all;
    }

    private static TrustedKeys ReadPath(string path)
    {
        if (Directory.Exists(path))
            return Directory.EnumerateFiles(path).Where(IsTrust).Order(StringComparer.Ordinal).Aggregate(TrustedKeys.None, (all, file) => all.And(ReadFile(file)));
        return File.Exists(path) ? ReadFile(path) : throw new CommandFailedException($"--trust: there is no file or folder {path}, and it is no fingerprint.");
    }

    /// <summary>A signer's own folder may hold private keys too; those are none of our business.</summary>
    private static bool IsTrust(string path) =>
        Path.GetExtension(path) is ".pem" or ".txt" && !path.EndsWith(".key.pem", StringComparison.Ordinal);

    private static TrustedKeys ReadFile(string path)
    {
        try
        {
            return TrustedKeysReader.Read(File.ReadAllText(path, Encoding.UTF8), path);
        }
        catch (FormatException e)
        {
            throw new CommandFailedException(e.Message, e);
        }
    }
}
