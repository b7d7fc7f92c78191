using Planning.Artifacts.Canonical;
using Planning.Engine.Gates;
using Planning.Scripts.Sandbox;

namespace Planning.Scripts;

/// <summary>The programs that may run: files of one folder, each only as long as its bytes have the hash that the rulebook names.</summary>
internal sealed class ScriptFolder(string folder)
{
    /// <summary>Bytes of a program, at most.</summary>
    private const long MaxProgramBytes = 64L << 20;

    /// <summary>The bytes that were hashed, which are the bytes to run: what becomes of the file meanwhile is no matter.</summary>
    /// <exception cref="ValidatorFailedException">There is no such program, or it is another one.</exception>
    public ReadOnlyMemory<byte> Read(string command, string sha256)
    {
        var bytes = ReadWithin(command);
        var found = Checksum.Sha256Hex(bytes);
        return found == sha256
            ? bytes
            : throw new ValidatorFailedException(
                $"{command} has the SHA-256 {found}, and gates.yaml names {sha256}. It does not run. Put back the program that was approved, or activate a rulebook with the new hash.");
    }

    private byte[] ReadWithin(string command)
    {
        try
        {
            // Links are followed to where they lead, as mounted folders are full of them, but not out of the folder.
            var root = Posix.RealPath(folder);
            var path = Posix.RealPath(Path.Combine(folder, command));
            if (root is null || path is null || !path.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal) || !File.Exists(path))
                throw new ValidatorFailedException($"The folder for scripts has no program {command}. Put it there on every server, or mend command in gates.yaml.");
            var length = new FileInfo(path).Length;
            return length <= MaxProgramBytes
                ? File.ReadAllBytes(path)
                : throw new ValidatorFailedException($"{command} has {length} bytes; max_program_bytes is {MaxProgramBytes}. Make it smaller.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ValidatorFailedException($"The program {command} cannot be read: {e.Message} Mend the folder for scripts.", e);
        }
    }
}
