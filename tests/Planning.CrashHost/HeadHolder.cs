using Npgsql;
using Planning.Postgres;

namespace Planning.CrashHost;

/// <summary>
/// A writer in the middle of its commit: it has moved the log's head, over the connection that an append uses, and not ended
/// its transaction. Whoever started it may stop it there; it commits once its standard input ends.
/// </summary>
internal static class HeadHolder
{
    private const string MoveHead = "update planning.partition_head set position = position + 1 where partition = 0";

    public static async Task RunAsync(string connectionString)
    {
        await using var database = new PlanningDatabase(new DatabaseOptions { ConnectionString = connectionString });
        await using var connection = await database.Writer.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(MoveHead, connection, transaction))
            await command.ExecuteNonQueryAsync();
        Said.Line("holding");
        await Console.In.ReadToEndAsync();
        try
        {
            await transaction.CommitAsync();
            Said.Line("committed");
        }
        catch (NpgsqlException)
        {
            Said.Line("ended");
        }
    }
}
