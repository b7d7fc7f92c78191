using Npgsql;

namespace Planning.Conformance.Migrations;

/// <summary>Everything that makes up the schema, as lines of text that can be compared.</summary>
internal static class Catalog
{
    private const string Query =
        """
        with own as (select oid as id from pg_namespace where nspname in ('planning', 'cluster'))
        select line from (
            select format('schema %s %s', nspname, coalesce(nspacl, acldefault('n', nspowner))) as line from pg_namespace, own where oid = own.id
            union all
            select format('table %s kind %s security %s %s options %s rights %s', relname, relkind, relrowsecurity, relforcerowsecurity, reloptions, relacl)
            from pg_class, own where relnamespace = own.id
            union all
            select format('column %s.%s %s not null %s default %s collation %s storage %s compression %s rights %s', c.relname, a.attname,
                format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation, a.attstorage, a.attcompression, a.attacl)
            from own join pg_class c on c.relnamespace = own.id join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            union all
            select format('order of columns %s %s', c.relname, string_agg(a.attname, ', ' order by a.attnum))
            from own join pg_class c on c.relnamespace = own.id join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped group by c.relname
            union all
            select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) from pg_constraint c, own where connamespace = own.id
            union all
            select pg_get_indexdef(c.oid) from pg_class c, own where relnamespace = own.id and relkind = 'i'
            union all
            select format('policy %s %s %s %s %s %s', tablename, policyname, roles, cmd, qual, with_check) from pg_policies where schemaname in ('planning', 'cluster')
            union all
            select pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '') from pg_proc p, own where pronamespace = own.id
            union all
            select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid, own where c.relnamespace = own.id and not tgisinternal
        ) catalog
        order by line
        """;

    public static async Task<string> ReadAsync(string connectionString)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(Query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
