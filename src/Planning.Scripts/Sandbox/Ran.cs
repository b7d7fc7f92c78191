namespace Planning.Scripts.Sandbox;

/// <summary>How a run ended.</summary>
internal abstract record Ran
{
    private Ran() { }

    /// <summary>The program ended by itself, with exit code 0.</summary>
    /// <param name="Output">All that it wrote to its output.</param>
    public sealed record Answered(ReadOnlyMemory<byte> Output) : Ran;

    /// <summary>It did not, or took more than it may. The sentence begins with "It".</summary>
    public sealed record Failed(string Reason) : Ran;
}
