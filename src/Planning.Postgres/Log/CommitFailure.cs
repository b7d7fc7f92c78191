using Npgsql;

namespace Planning.Postgres.Log;

/// <summary>What a failed append of a batch means for what was or was not written.</summary>
internal enum CommitFailure
{
    /// <summary>Nothing was written: some version is taken.</summary>
    VersionTaken,

    /// <summary>Nothing was written: something in the batch cannot be stored.</summary>
    BadData,

    /// <summary>Nothing was written: somebody holds the head.</summary>
    HeadLocked,

    /// <summary>Nothing was written, and the data are not to blame.</summary>
    Refused,

    /// <summary>The answer did not arrive; the batch may be there.</summary>
    AnswerLost,
}

internal static class CommitFailures
{
    public static CommitFailure Classify(Exception failure)
    {
        // Only an ERROR says for certain that the statement was undone. FATAL ends the session, perhaps while it
        // waited for a synchronous standby with the commit already on disk.
        if (failure is not PostgresException { InvariantSeverity: "ERROR" } error)
            return CommitFailure.AnswerLost;
        if (error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "event_version" })
            return CommitFailure.VersionTaken;
        if (error.SqlState == PostgresErrorCodes.LockNotAvailable)
            return CommitFailure.HeadLocked;
        // 22 data, 23 integrity, 54 limits of the server, P0 raised by our own statement.
        return error.SqlState[..2] is "22" or "23" or "54" or "P0" ? CommitFailure.BadData : CommitFailure.Refused;
    }
}
