using Planning.Postgres.Private;
using Planning.Testing;
using Xunit;

namespace Planning.Cli.Tests.Private;

public sealed class HolderLockTests : IDisposable
{
    private static readonly Holder First = new(4711, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), "http://localhost:5080");
    private static readonly Holder Second = new(4712, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), null);

    private readonly string _folder = Directory.CreateTempSubdirectory("planning-holder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_held_folder_says_who_holds_it_since_when_and_where()
    {
        using var held = HolderLock.Acquire(_folder, First);

        var failure = Assert.Throws<DataFolderHeldException>(() => HolderLock.Acquire(_folder, Second));

        Assert.Equal(First, failure.Holder);
        Assert.Contains("held by process 4711 since 2026-01-05 08:00:00 UTC, serving http://localhost:5080", failure.Message);
    }

    [Fact]
    public void An_address_that_is_known_later_is_told_later()
    {
        using var held = HolderLock.Acquire(_folder, Second);
        held.Announce(Second with { Url = "http://localhost:5081" });

        Assert.Equal("http://localhost:5081", HolderLock.Read(_folder)?.Url);
    }

    [Fact]
    public void The_announcement_is_snake_case()
    {
        using var held = HolderLock.Acquire(_folder, First);

        Assert.Equal(
            """{"pid":4711,"started_at":"2026-01-05T08:00:00+00:00","url":"http://localhost:5080"}""",
            File.ReadAllText(Path.Combine(_folder, "holder.json")));
    }

    [Fact]
    public void A_folder_that_was_given_back_can_be_taken()
    {
        HolderLock.Acquire(_folder, First).Dispose();

        using var held = HolderLock.Acquire(_folder, Second);

        Assert.Equal(Second, HolderLock.Read(_folder));
    }

    [Fact]
    public async Task A_standby_takes_over_when_the_holder_is_gone()
    {
        var time = new FakeTime();
        var held = HolderLock.Acquire(_folder, First);
        var standby = HolderLock.WaitAsync(_folder, () => Second, time, CancellationToken.None);
        await time.UntilWaitingAsync();
        Assert.False(standby.IsCompleted);

        held.Dispose();
        time.Advance(HolderLock.Retry);

        using var taken = await standby;
        Assert.Equal(Second, HolderLock.Read(_folder));
    }

    [Fact]
    public async Task A_standby_can_be_called_off()
    {
        using var held = HolderLock.Acquire(_folder, First);
        using var off = new CancellationTokenSource();
        var standby = HolderLock.WaitAsync(_folder, () => Second, new FakeTime(), off.Token);

        await off.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => standby);
    }

    [Fact]
    public async Task A_holder_that_was_killed_holds_nothing()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        using var host = await HostProcess.StartAsync(folder.Path);
        var failure = Assert.Throws<DataFolderHeldException>(() => HolderLock.Acquire(folder.Path, Second));
        Assert.Contains($"process {host.Id} ", failure.Message);

        await host.KillAsync();

        // Its PostgreSQL is still there, and has no part in the lock.
        using var held = HolderLock.Acquire(folder.Path, Second);
    }
}
