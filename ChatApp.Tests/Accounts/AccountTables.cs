using ChatApp.Tests.Api;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>What the database itself says of where people's data is.</summary>
internal static class AccountTables
{
    /// <summary>Tables with a column that names an account, and all that hang on these or on <c>users</c> by foreign keys.</summary>
    public static Task<List<string>> OfPeopleAsync(this ApiHost host) => host.NamesAsync("""
        WITH RECURSIVE keys AS (
            SELECT DISTINCT child.relname::text AS child, parent.relname::text AS parent
            FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
            WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace),
        found AS (
            SELECT 'users' AS name
            UNION
            SELECT table_name::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND column_name IN ('user_id', 'actor_id', 'owner_id', 'after_user', 'updated_by', 'decided_by', 'subject')
            UNION
            SELECT keys.child FROM found JOIN keys ON keys.parent = found.name)
        SELECT name FROM found WHERE name <> 'schema_migrations' ORDER BY name
        """);

    public static Task<List<string>> AllAsync(this ApiHost host) => host.NamesAsync(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1");

    /// <summary>Tables with a row in which one of these words stands, in whatever column.</summary>
    public static async Task<List<string>> WithAsync(this ApiHost host, params string[] words)
    {
        var found = new List<string>();
        foreach (var table in await host.AllAsync())
        {
            var condition = string.Join(" OR ", words.Select(static word => $"t::text ILIKE '%{word}%'"));
            if (await host.SqlAsync($"SELECT EXISTS (SELECT FROM {table} t WHERE {condition})") is true)
            {
                found.Add(table);
            }
        }

        return found;
    }

    private static async Task<List<string>> NamesAsync(this ApiHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
