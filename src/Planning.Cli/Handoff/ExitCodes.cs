namespace Planning.Cli.Handoff;

/// <summary>What the handoff commands tell a script.</summary>
public static class ExitCodes
{
    /// <summary>Done; a pack is verified.</summary>
    public const int Ok = 0;

    /// <summary>The pack is rejected, or the server refused.</summary>
    public const int Rejected = 1;

    /// <summary>Wrong usage, a file that cannot be read, a server that cannot be reached.</summary>
    public const int NotDone = 2;

    /// <summary>A pack is intact, but nobody said which keys to trust.</summary>
    public const int Untrusted = 3;
}
