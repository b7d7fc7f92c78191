using Planning.Conformance.Harness;
using Xunit;

namespace Planning.Conformance.Log;

/// <summary>A reader of a partition is never given more than it can hold.</summary>
public sealed class ReadBoundTests : IAsyncLifetime
{
    private MigratedDatabase database = null!;

    public async Task InitializeAsync() => database = await MigratedDatabase.CreateAsync();

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(250, 3)]
    [InlineData(1_000_000, 5)]
    public async Task A_page_ends_behind_the_event_that_reaches_the_bytes(long maxBytes, int events)
    {
        await using var log = await database.OpenLogAsync(new() { MaxReadBytes = maxBytes });
        for (var i = 0; i < 5; i++)
            await log.CommittedAsync(Sample.Append(Sample.Plan("pln_1"), i, [$"evt_{i}"], $$"""{"note":"{{new string('x', 89)}}"}"""));

        var page = await log.ReadAsync(0, 0, 100, CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, events).Select(i => (long)i), page.Select(e => e.Position));
    }
}
