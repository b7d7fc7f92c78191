using System.Security.Cryptography;
using System.Text;
using Planning.Artifacts.Canonical;
using Planning.Domain;
using Planning.Domain.Handoff;

namespace Planning.Engine.Handoff.Packs;

/// <summary>
/// Reads trust from text: public keys as PEM, one or several, and lines <c>sha256:… [role]</c>, in any mixture.
/// Empty lines and lines that begin with # mean nothing.
/// </summary>
public static class TrustedKeysReader
{
    /// <param name="source">The file's name, for the message.</param>
    /// <exception cref="FormatException">A line that is none of these; the message names it.</exception>
    public static TrustedKeys Read(string text, string source)
    {
        var trusted = TrustedKeys.None;
        StringBuilder? pem = null;
        var line = 0;
        foreach (var read in text.Split('\n'))
        {
            line++;
            var content = read.Trim();
            if (content.StartsWith("-----BEGIN ", StringComparison.Ordinal))
                pem = new StringBuilder();
            pem?.Append(content).Append('\n');
            if (pem is not null && content.StartsWith("-----END ", StringComparison.Ordinal))
            {
                trusted = trusted.With(FingerprintOf(pem.ToString(), source, line), role: null);
                pem = null;
            }
            else if (pem is null && content.Length > 0 && content[0] != '#')
            {
                var (fingerprint, role) = Entry(content, source, line);
                trusted = trusted.With(fingerprint, role);
            }
        }
        return pem is null
            ? trusted
            : throw new FormatException($"{source}: the last key has no END line; the file is cut off.");
    }

    private static string FingerprintOf(string pem, string source, int line)
    {
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new FormatException($"{source}, line {line}: this is a private key. Trust is given by public keys; keep the private one to yourself.");
        try
        {
            return SealCrypto.Fingerprint(pem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new FormatException($"{source}, line {line}: this is no public RSA key in PEM form. Export it as SubjectPublicKeyInfo (BEGIN PUBLIC KEY).", e);
        }
    }

    private static (string Fingerprint, Role? Role) Entry(string content, string source, int line)
    {
        var words = content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!Checksum.IsWellFormed(words[0]) || words.Length > 2)
            throw new FormatException($"{source}, line {line}: '{content}' is neither a PEM key nor a fingerprint. Write sha256: and 64 hexadecimal digits, and a role after it if the key is trusted in that role only.");
        if (words.Length == 1)
            return (words[0], null);
        foreach (var role in Enum.GetValues<Role>())
        {
            if (Snake.Case(role.ToString()) == words[1])
                return (words[0], role);
        }
        throw new FormatException($"{source}, line {line}: there is no role '{words[1]}'. Roles are written like planning_lead.");
    }
}
