using System.Globalization;
using Npgsql;

namespace Planning.Postgres.Private;

/// <summary>The way into the private server.</summary>
internal sealed class PostgresLogin
{
    private const string MaintenanceDatabase = "postgres";

    private readonly DataFolderLayout _layout;
    private readonly NpgsqlConnectionStringBuilder _login;

    private PostgresLogin(DataFolderLayout layout, NpgsqlConnectionStringBuilder login) => (_layout, _login) = (layout, login);

    public string ConnectionString => _login.ConnectionString;

    public static async Task<PostgresLogin> CreateAsync(
        PrivatePostgresOptions options, DataFolderLayout layout, string port, CancellationToken cancellation) =>
        new(layout, new NpgsqlConnectionStringBuilder
        {
            Host = layout.Sockets,
            Port = int.Parse(port, CultureInfo.InvariantCulture),
            Username = options.Superuser,
            Password = await File.ReadAllTextAsync(layout.Password, cancellation),
            Database = options.Database,
        });

    /// <summary>Creates the database if need be, and makes sure that it is our cluster that answers.</summary>
    public async Task EnsureDatabaseAsync(CancellationToken cancellation)
    {
        try
        {
            await CheckClusterAsync(cancellation);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var maintenance = await OpenAsync(MaintenanceDatabase, cancellation);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{_login.Database}\"", maintenance);
            await create.ExecuteNonQueryAsync(cancellation);
            await CheckClusterAsync(cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new DataFolderUnusableException(
                $"The password in {_layout.Password} does not open the data in {_layout.Root} for the user '{_login.Username}'. "
                + "Put the file back from a backup, or name the user the data were created with.",
                refused);
        }
    }

    private async Task CheckClusterAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(_login.Database!, cancellation);
        await using var show = new NpgsqlCommand("SHOW data_directory", connection);
        var served = (string?)await show.ExecuteScalarAsync(cancellation);
        if (served != _layout.Cluster)
            throw new DataFolderUnusableException(
                $"On the socket in {_layout.Sockets} another PostgreSQL answers, with its data in {served}. Stop that one first.");
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellation)
    {
        // Unpooled, so that nothing of the login stays open.
        var login = new NpgsqlConnectionStringBuilder(_login.ConnectionString) { Database = database, Pooling = false };
        var connection = new NpgsqlConnection(login.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
