using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Gateway;

/// <summary>The gateway knows people by their accounts' ids; administrators know them by name.</summary>
internal sealed class CallerNames(NpgsqlDataSource database)
{
    private const int MaxNames = 1000;

    /// <summary>Adds the names of those callers that are accounts.</summary>
    public async Task<IReadOnlyList<Contracts.UsageRow>> AddAsync(IReadOnlyList<Contracts.UsageRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(static row => Guid.TryParse(row.Caller, out var id) ? id : Guid.Empty).Where(static id => id != Guid.Empty).Distinct().Take(MaxNames).ToArray();
        if (ids is [])
        {
            return rows;
        }

        var accounts = await database.ListAsync<Named>("SELECT id, name FROM users WHERE id = ANY(@ids)", new { ids }, cancellationToken);
        var names = accounts.ToDictionary(static account => account.Id.ToString(), static account => account.Name, StringComparer.OrdinalIgnoreCase);
        return [.. rows.Select(row => row.Caller is { } caller && names.TryGetValue(caller, out var name) ? row with { CallerName = name } : row)];
    }

    private sealed record Named
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }
}
