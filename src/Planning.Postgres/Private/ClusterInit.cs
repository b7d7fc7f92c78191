namespace Planning.Postgres.Private;

/// <summary>Makes the cluster of a fresh data folder.</summary>
internal static class ClusterInit
{
    public static async Task CreateAsync(
        PrivatePostgresOptions options, PostgresBinaries binaries, DataFolderLayout layout, RunAs runAs, CancellationToken cancellation)
    {
        // C.UTF-8 sorts by bytes on every machine and knows upper from lower case; where it is missing, C at least sorts the same.
        var result = await RunAsync("C.UTF-8");
        if (!result.Succeeded)
            result = await RunAsync("C");
        if (!result.Succeeded)
            throw new PostgresStartException(
                $"The database in {layout.Root} could not be created. initdb says: {(result.Errors + result.Output).Trim()}");
        Directory.Move(layout.ClusterDraft, layout.Cluster);

        async Task<CommandResult> RunAsync(string locale)
        {
            if (Directory.Exists(layout.ClusterDraft))
                Directory.Delete(layout.ClusterDraft, recursive: true);
            return await Command.RunAsync(
                runAs.Wrap(
                [
                    binaries.InitDb, "-D", layout.ClusterDraft, "--username", options.Superuser, "--pwfile", layout.Password,
                    "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", locale, "--lc-messages", "C",
                ]),
                cancellation);
        }
    }
}
