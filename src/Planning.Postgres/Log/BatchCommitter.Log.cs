using Microsoft.Extensions.Logging;

namespace Planning.Postgres.Log;

internal sealed partial class BatchCommitter
{
    [LoggerMessage(2001, LogLevel.Warning, "The answer to a commit of {Appends} appends to partition {Partition} was lost; they are looked up")]
    private partial void LogAnswerLost(Exception failure, int partition, int appends);

    [LoggerMessage(2002, LogLevel.Error, "The database refused {Appends} appends to partition {Partition}; nothing of them was written")]
    private partial void LogRefused(Exception failure, int partition, int appends);

    [LoggerMessage(2003, LogLevel.Error, "The database cannot store an append of {Entity} in partition {Partition}; its neighbours were committed")]
    private partial void LogBadData(Exception failure, int partition, string entity);

    [LoggerMessage(2004, LogLevel.Warning, "The head of partition {Partition} was held too long and its blocker was ended: {Blocker}")]
    private partial void LogBlocker(int partition, string blocker);

    [LoggerMessage(2005, LogLevel.Error, "The head of partition {Partition} is held too long and the blocker could not be ended; end it by hand")]
    private partial void LogBlockerStays(Exception failure, int partition);

    [LoggerMessage(2006, LogLevel.Error, "The database cannot be reached; {Appends} appends to partition {Partition} were refused")]
    private partial void LogAway(Exception failure, int partition, int appends);

    [LoggerMessage(2007, LogLevel.Error, "{Appends} appends to partition {Partition} have an unknown outcome")]
    private partial void LogUnknown(Exception failure, int partition, int appends);

    [LoggerMessage(2008, LogLevel.Critical, "The writer of partition {Partition} failed in a way that nobody thought of; a batch has an unknown outcome")]
    private partial void LogBug(Exception failure, int partition);
}
