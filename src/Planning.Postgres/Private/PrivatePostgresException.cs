namespace Planning.Postgres.Private;

/// <summary>A private PostgreSQL cannot be had; the message says where, why, and what to do.</summary>
public class PrivatePostgresException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>No usable PostgreSQL binaries on this machine.</summary>
public sealed class PostgresNotInstalledException(string message) : PrivatePostgresException(message);

/// <summary>The data folder cannot be used: foreign contents, a parent that lets nobody pass, a lost password.</summary>
public sealed class DataFolderUnusableException(string message, Exception? inner = null) : PrivatePostgresException(message, inner);

/// <summary>PostgreSQL was started and ended, or never became ready; the message ends with its own last words.</summary>
public sealed class PostgresStartException(string message, Exception? inner = null) : PrivatePostgresException(message, inner);

/// <summary>Another process works on the data folder.</summary>
public sealed class DataFolderHeldException(string message, Holder? holder) : PrivatePostgresException(message)
{
    /// <summary>Who holds it; null when the holder has not yet said so.</summary>
    public Holder? Holder { get; } = holder;
}
