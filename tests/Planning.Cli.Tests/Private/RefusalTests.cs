using Planning.Postgres.Private;
using Planning.Testing;
using Xunit;
using static Planning.Cli.Tests.Private.StoppedCluster;

namespace Planning.Cli.Tests.Private;

/// <summary>What a person reads when a private PostgreSQL cannot be had.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Without_binaries_the_message_says_how_to_get_them()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();

        var failure = await Assert.ThrowsAsync<PostgresNotInstalledException>(
            () => Start(folder.Path, options => options with { BinaryFolders = ["/nowhere"] }));

        Assert.StartsWith("PostgreSQL 15 or newer is not installed on this machine. Get it with: ", failure.Message);
        Assert.Contains("--database", failure.Message);
    }

    [Fact]
    public async Task Data_of_another_major_version_name_the_version_they_need()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        Directory.CreateDirectory(Path.Combine(folder.Path, "pg"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "pg", "PG_VERSION"), "99\n");

        var failure = await Assert.ThrowsAsync<PostgresNotInstalledException>(() => Start(folder.Path));

        Assert.Contains("were made by PostgreSQL 99", failure.Message);
    }

    [Fact]
    public async Task A_folder_with_other_things_in_it_is_left_alone()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        Directory.CreateDirectory(folder.Path);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "thesis.md"), "years of work");

        var failure = await Assert.ThrowsAsync<DataFolderUnusableException>(() => Start(folder.Path));

        Assert.Contains("'thesis.md'", failure.Message);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("fsync", "off")]
    [InlineData("synchronous_commit", "off")]
    [InlineData("FSYNC", "false")]
    [InlineData("full_page_writes", "0")]
    public async Task A_setting_that_would_lose_acknowledged_work_is_refused(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => Start("/nowhere", options => options with { Settings = new Dictionary<string, string> { [name] = value } }));

        Assert.Contains("would lose acknowledged work", failure.Message);
    }

    [Fact]
    public async Task A_setting_that_PostgreSQL_does_not_know_is_reported_in_its_own_words()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();

        var failure = await Assert.ThrowsAsync<PostgresStartException>(
            () => Start(folder.Path, options => options with { Settings = new Dictionary<string, string> { ["no_such_thing"] = "1" } }));

        Assert.Contains("unrecognized configuration parameter \"no_such_thing\"", failure.Message);
    }

    [Fact]
    public async Task A_start_that_takes_too_long_says_so_and_leaves_nothing_running()
    {
        using var folder = await TemporaryDataFolder.CreateAsync();
        await (await Start(folder.Path)).DisposeAsync();

        var failure = await Assert.ThrowsAsync<PostgresStartException>(
            () => Start(folder.Path, options => options with { StartTimeout = TimeSpan.FromMilliseconds(1) }));

        Assert.Contains("StartTimeout", failure.Message);
        Assert.False(await PrivatePostgres.StopLeftOverAsync(folder.Path, TimeSpan.FromSeconds(30)));
    }
}
