using Planning.Conformance.Harness;
using Xunit;

namespace Planning.Conformance.Stores;

/// <summary>One port; a derived class makes it in memory or on a database of the test.</summary>
public abstract class StoreSuite<TStore> : IAsyncLifetime where TStore : class
{
    protected TStore Store { get; private set; } = null!;

    /// <summary>Null in memory.</summary>
    protected MigratedDatabase? Database { get; private set; }

    public async Task InitializeAsync()
    {
        if (InMemory() is { } store)
        {
            Store = store;
            return;
        }
        Database = await MigratedDatabase.CreateAsync();
        Store = OnPostgres(Database);
    }

    public async Task DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        if (Database is not null)
            await Database.DisposeAsync();
    }

    protected virtual TStore? InMemory() => null;

    protected virtual TStore OnPostgres(MigratedDatabase database) => throw new NotSupportedException("A suite overrides InMemory or OnPostgres.");

    /// <summary>Makes this the epoch of whoever holds the lease; in memory nobody looks at the lease itself.</summary>
    protected async Task LeaseEpochIsAsync(long epoch)
    {
        if (Database is not null)
            await Database.ExecuteAsync($"update planning.lease set epoch = {epoch}");
    }
}
