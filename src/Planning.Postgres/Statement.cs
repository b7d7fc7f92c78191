using Npgsql;

namespace Planning.Postgres;

/// <summary>Short forms for a statement with positional parameters on a connection of a pool.</summary>
internal static class Statement
{
    /// <summary>In the order of $1, $2 …; null becomes NULL, times go in UTC.</summary>
    public static void AddValues(this NpgsqlBatchCommand command, object?[] values) => Fill(command.Parameters, values);

    public static NpgsqlCommand Prepare(this NpgsqlDataSource source, string sql, params object?[] values)
    {
        var command = source.CreateCommand(sql);
        Fill(command.Parameters, values);
        return command;
    }

    /// <returns>How many rows were written.</returns>
    public static async ValueTask<int> WriteAsync(this NpgsqlDataSource source, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = source.Prepare(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>The first column of the first row; null where there is none.</returns>
    public static async ValueTask<object?> ScalarAsync(this NpgsqlDataSource source, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = source.Prepare(sql, values);
        return await command.ExecuteScalarAsync(cancellation) is var value && value is DBNull ? null : value;
    }

    internal static void Fill(NpgsqlParameterCollection parameters, object?[] values)
    {
        foreach (var value in values)
        {
            parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter
            {
                Value = value switch { null => DBNull.Value, DateTimeOffset time => time.ToUniversalTime(), _ => value },
            });
        }
    }

    /// <summary>UTF-8 JSON for a column of type json.</summary>
    public static NpgsqlParameter Json(ReadOnlyMemory<byte> json) => new() { Value = json, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Json };

    /// <summary>An untyped NULL cannot be told from text; a time says what it is.</summary>
    public static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { Value = time is { } value ? value.ToUniversalTime() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz };
}
