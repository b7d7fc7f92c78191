namespace Planning.Engine.Trackers;

/// <summary>Within this process those who want the same thing wait for each other.</summary>
internal sealed class Turns
{
    /// <summary>Things that share a turn wait for each other without need; with these many that is seldom.</summary>
    private const int Count = 64;

    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<T> TakeAsync<T>(object thing, Func<ValueTask<T>> work, CancellationToken cancellation)
    {
        var turn = turns[(uint)thing.GetHashCode() % Count];
        await turn.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
