namespace Planning.Artifacts.Canonical;

/// <summary>A JSON text has no canonical form; the message says where and why.</summary>
public sealed class CanonicalJsonException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public CanonicalJsonException()
    {
    }

    /// <summary>Creates the exception with a sentence.</summary>
    public CanonicalJsonException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a sentence and its cause.</summary>
    public CanonicalJsonException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
