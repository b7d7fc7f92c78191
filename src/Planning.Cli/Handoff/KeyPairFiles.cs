using System.Security.Cryptography;
using System.Text;
using Planning.Domain.Handoff;

namespace Planning.Cli.Handoff;

/// <summary>A signer's key pair on disk: <c>NAME.key.pem</c> for its owner alone, <c>NAME.pub.pem</c> for everybody.</summary>
internal static class KeyPairFiles
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);

    /// <exception cref="CommandFailedException">One of the files is there already.</exception>
    public static (string PrivatePath, string PublicPath, string Fingerprint) Create(string folder, string name, int bits, string? passphrase)
    {
        Directory.CreateDirectory(folder);
        var (privatePath, publicPath) = (Path.Combine(folder, $"{name}.key.pem"), Path.Combine(folder, $"{name}.pub.pem"));
        foreach (var path in new[] { privatePath, publicPath })
        {
            if (File.Exists(path))
                throw new CommandFailedException($"{path} exists; a key is never overwritten. Choose another --name or --out.");
        }
        using var rsa = RSA.Create(bits);
        var publicPem = rsa.ExportSubjectPublicKeyInfoPem() + "\n";
        Write(privatePath, (passphrase is null ? rsa.ExportPkcs8PrivateKeyPem() : rsa.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption)) + "\n", ownerOnly: true);
        Write(publicPath, publicPem, ownerOnly: false);
        return (privatePath, publicPath, SealCrypto.Fingerprint(publicPem));
    }

    /// <exception cref="CommandFailedException">No private RSA key, or another passphrase.</exception>
    public static RSA ReadPrivate(string path, string? passphrase)
    {
        var pem = ReadText(path);
        var encrypted = pem.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (encrypted && passphrase is null)
            throw new CommandFailedException($"{path} is encrypted. Name the variable that holds its passphrase with --passphrase-env.");
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new CommandFailedException($"{path} holds no private key. Signing needs the .key.pem of the pair.");
        var rsa = RSA.Create();
        try
        {
            if (encrypted)
                rsa.ImportFromEncryptedPem(pem, passphrase);
            else
                rsa.ImportFromPem(pem);
            return rsa;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
            throw new CommandFailedException(encrypted ? $"{path} cannot be opened: the passphrase is another, or the file is damaged." : $"{path} is no private RSA key in PEM form.", e);
        }
    }

    /// <summary>The public key as SubjectPublicKeyInfo, whatever PEM form it came in.</summary>
    /// <exception cref="CommandFailedException">No public RSA key; a private one above all, which must not leave the machine.</exception>
    public static string ReadPublic(string path)
    {
        var pem = ReadText(path);
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new CommandFailedException($"{path} holds a private key, which never leaves your machine. Register the .pub.pem of the pair.");
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.ExportSubjectPublicKeyInfoPem() + "\n";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CommandFailedException($"{path} is no public RSA key in PEM form.", e);
        }
    }

    private static string ReadText(string path) => File.Exists(path) ? File.ReadAllText(path) : throw new CommandFailedException($"There is no file {path}.");

    private static void Write(string path, string text, bool ownerOnly)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(text));
    }
}
