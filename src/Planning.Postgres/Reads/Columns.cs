using Npgsql;
using NpgsqlTypes;

namespace Planning.Postgres.Reads;

/// <summary>One statement over many rows: an array for each parameter, unnested by the statement.</summary>
internal sealed class Columns<TRow>(string sql)
{
    private readonly NpgsqlBatchCommand command = new(sql);
    private readonly List<Action<TRow>> columns = [];
    private int count;

    /// <summary>The next parameter. A nullable type makes NULL of null.</summary>
    public Columns<TRow> Column<T>(NpgsqlDbType type, Func<TRow, T> value)
    {
        var values = new List<T>();
        command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        columns.Add(row => values.Add(value(row)));
        return this;
    }

    public Columns<TRow> Text(Func<TRow, string?> value) => Column(NpgsqlDbType.Text, value);

    public Columns<TRow> Time(Func<TRow, DateTimeOffset?> value) => Column(NpgsqlDbType.TimestampTz, row => value(row)?.UtcDateTime);

    public void Add(TRow row)
    {
        foreach (var add in columns)
            add(row);
        count++;
    }

    /// <exception cref="InvalidOperationException">The statement wrote fewer rows than it was sent.</exception>
    public void CheckWritten()
    {
        if (count > 0 && command.RecordsAffected != count)
            throw new InvalidOperationException($"{count} rows were to be written and {command.RecordsAffected} were; somebody else has changed the table. The batch is undone and done again from the log.");
    }

    /// <summary>A statement without rows is not sent.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (count > 0)
            batch.BatchCommands.Add(command);
    }
}
