using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using Npgsql;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>Makes, replaces and ends the keys of accounts. Each change is audited with it.</summary>
internal sealed class ApiKeys(NpgsqlDataSource database, AccessCutoffs cutoffs, ApiKeyLookup lookup, AuditLog audit, TimeProvider time)
{
    /// <summary>How many keys an account has at most, not counting those that are being replaced.</summary>
    public const int MaxPerAccount = 20;

    /// <summary>Makes a key.</summary>
    /// <returns>Null when the account has all that it may have.</returns>
    public async Task<NewApiKey?> CreateAsync(HttpContext context, Guid userId, CreateApiKeyRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        // Locked, so that of several at once none goes past the bound.
        if (await AccountStore.LockAsync(connection, userId, cancellationToken) is null
            || await ApiKeyStore.CountAsync(connection, userId, now, cancellationToken) >= MaxPerAccount)
        {
            return null;
        }

        var text = ApiKeyText.Create();
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            Name = request.Name.Trim(),
            Prefix = text.Prefix,
            Hash = text.Hash,
            Scopes = [.. request.Scopes.Distinct().Order().Select(static s => s.Name)],
            RequestsPerMinute = request.RequestsPerMinute,
            TokensPerDay = request.TokensPerDay,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
        };
        await ApiKeyStore.AddAsync(connection, row, cancellationToken);
        await audit.AppendAsync(connection, Entry(AuditActions.KeyCreated, context, row), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewApiKey(text.ToString(), row.ToKey());
    }

    /// <summary>Makes a key that may what another one may, and lives as long; the other one ends after the overlap.</summary>
    public async Task<(KeyRotation Outcome, NewApiKey? Key)> RotateAsync(
        HttpContext context, Guid userId, Guid id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await ApiKeyStore.LockAsync(connection, userId, id, cancellationToken) is not { } old)
        {
            return (KeyRotation.NotFound, null);
        }

        if (old.ReplacedBy is not null || old.ExpiresAt <= now)
        {
            return (old.ReplacedBy is null ? KeyRotation.Ended : KeyRotation.ReplacedAlready, null);
        }

        var text = ApiKeyText.Create();
        var row = old with
        {
            Id = Guid.CreateVersion7(now),
            Prefix = text.Prefix,
            Hash = text.Hash,
            Version = 0,
            CreatedAt = now,
            ExpiresAt = now + (old.ExpiresAt - old.CreatedAt),
            LastUsedAt = null,
        };
        await ApiKeyStore.AddAsync(connection, row, cancellationToken);
        await ApiKeyStore.ReplaceAsync(connection, id, row.Id, now + overlap, cancellationToken);
        var changed = await cutoffs.ChangeAsync(connection, id, old.Version + 1, cancellationToken);
        await audit.AppendAsync(connection, Entry(AuditActions.KeyRotated, context, old, ("replacedBy", row.Id.ToString())), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        lookup.Forget(old.Prefix);
        changed.TakeEffect();
        return (KeyRotation.Done, new NewApiKey(text.ToString(), row.ToKey()));
    }

    /// <summary>Ends a key at once.</summary>
    /// <returns>False when there is no such key.</returns>
    public async Task<bool> DeleteAsync(HttpContext context, Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await ApiKeyStore.LockAsync(connection, userId, id, cancellationToken) is not { } row)
        {
            return false;
        }

        await ApiKeyStore.DeleteAsync(connection, userId, id, cancellationToken);
        var ended = await cutoffs.EndAsync(connection, [id], cancellationToken);
        await audit.AppendAsync(connection, Entry(AuditActions.KeyDeleted, context, row), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        lookup.Forget(row.Prefix);
        ended.TakeEffect();
        return true;
    }

    private static AuditEntry Entry(string action, HttpContext context, ApiKeyRow row, params (string Name, string Value)[] more)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = row.Name,
            ["prefix"] = row.Prefix,
            ["scopes"] = string.Join(' ', row.Scopes),
        };
        foreach (var (name, value) in more)
        {
            detail[name] = value;
        }

        return new AuditEntry(action, AuditActor.Of(context)) { SubjectKind = "key", SubjectId = row.Id.ToString(), Detail = detail };
    }
}
