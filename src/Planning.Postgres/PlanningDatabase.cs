using Npgsql;
using Planning.Postgres.Log;

namespace Planning.Postgres;

/// <summary>
/// The connections of this process, one pool for each role of the database. A connection has its role from its first
/// moment and resetting it leads back to that role: code that uses the wrong pool is refused by the database.
/// </summary>
public sealed class PlanningDatabase : IAsyncDisposable
{
    private const string CustomPlans = " -c plan_cache_mode=force_custom_plan";

    /// <summary>Compiling a statement takes up to a second, running it a fraction of a millisecond; and scans that are ruled out seem costly enough for it.</summary>
    private const string NotCompiled = " -c jit=off";

    public PlanningDatabase(DatabaseOptions options)
    {
        options.Validate();
        Options = options;
        // The append is planned once, for a table of any size: a plan made while it was empty must never scan it later.
        Writer = Source("planning_writer", options.MaxWriterConnections, " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off");
        // Batches are planned for the size that their tables have by now, and look rows up even where many rows make
        // reading the whole table seem cheap: tables grow, batches do not.
        Consumer = Source("planning_consumer", options.MaxConsumerConnections, CustomPlans + " -c enable_seqscan=off");
        // Lists are planned for the very filters they come with: a word or a tag may be on one plan or on all.
        Request = Source("planning_request", options.MaxRequestConnections, CustomPlans);
        Login = Source(role: null, maxConnections: 3);
        // What is still connected to the primary of before must not be used again.
        Epoch.Changed += _ => ClearPools();
    }

    public DatabaseOptions Options { get; }

    /// <summary>Seen anew on each physical connection of every pool.</summary>
    public LogEpoch Epoch { get; } = new();

    /// <summary>May append to the log and read it, nothing else.</summary>
    public NpgsqlDataSource Writer { get; }

    /// <summary>Projectors, pumps, timers, snapshots: across workspaces. Requests never use it.</summary>
    public NpgsqlDataSource Consumer { get; }

    /// <summary>Sees the one workspace that its transaction has set.</summary>
    public NpgsqlDataSource Request { get; }

    /// <summary>The login as it is: wake-ups, and ending a session that holds the log up.</summary>
    internal NpgsqlDataSource Login { get; }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Consumer.DisposeAsync();
        await Request.DisposeAsync();
        await Login.DisposeAsync();
    }

    private void ClearPools()
    {
        Writer.Clear();
        Consumer.Clear();
        Request.Clear();
        Login.Clear();
    }

    private NpgsqlDataSource Source(string? role, int maxConnections, string settings = "")
    {
        var takeOn = role is null ? "" : $"-c role={role} ";
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(Options.ConnectionString)
        {
            Options = $"{takeOn}-c lock_timeout={Options.LockTimeout.TotalMilliseconds:0} -c statement_timeout={Options.StatementTimeout.TotalMilliseconds:0} -c idle_in_transaction_session_timeout={Options.IdleTransactionTimeout.TotalMilliseconds:0}{NotCompiled}{settings}",
            ApplicationName = role ?? "planning",
            MaxPoolSize = maxConnections,
            CommandTimeout = (int)Math.Ceiling(Options.AnswerTimeout.TotalSeconds),
            // Nothing here leaves a setting behind: a workspace is set for one transaction.
            NoResetOnClose = true,
            KeepAlive = 10,
            AutoPrepareMinUsages = 3,
            MaxAutoPrepare = 50,
        }.ConnectionString);
        builder.UsePhysicalConnectionInitializer(Epoch.See, Epoch.SeeAsync);
        return builder.Build();
    }
}
