using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Accounts.Tokens;

/// <summary>The keys that all processes sign and check with.</summary>
internal sealed class SigningKeyStore(NpgsqlDataSource database, SecretBox secrets, IOptions<AuthOptions> options, TimeProvider time)
{
    /// <summary>How long a key is published before it signs.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromDays(1);

    /// <summary>The keys, oldest first: makes one where none signs, makes the next one in time, and drops those whose tokens have all ended.</summary>
    public async Task<IReadOnlyList<SigningKey>> KeepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var keys = await ReadAsync(connection, cancellationToken);
        if (IsInOrder(keys))
        {
            return keys;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Of several processes at once one does it, and the others see what it did.
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtext('signing_keys'))", cancellationToken: cancellationToken));
        keys = await ReadAsync(connection, cancellationToken);
        var now = time.GetUtcNow();
        if (!keys.Any(k => k.SignsFrom <= now))
        {
            await AddAsync(connection, now, now, cancellationToken);
        }

        if (await ReadAsync(connection, cancellationToken) is [.., { } newest] && newest.SignsFrom + options.Value.SigningKeyLifetime - Lead <= now)
        {
            var due = newest.SignsFrom + options.Value.SigningKeyLifetime;
            await AddAsync(connection, now, due > now + Lead ? due : now + Lead, cancellationToken);
        }

        await DropAsync(connection, await ReadAsync(connection, cancellationToken), cancellationToken);
        keys = await ReadAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return keys;
    }

    private bool IsInOrder(IReadOnlyList<SigningKey> keys)
    {
        var now = time.GetUtcNow();
        return keys is [.., var newest]
            && keys.Any(k => k.SignsFrom <= now)
            && newest.SignsFrom + options.Value.SigningKeyLifetime - Lead > now
            && Ended(keys).Count == 0;
    }

    // A key's tokens have ended when the next one has signed for longer than any token lives.
    private List<SigningKey> Ended(IReadOnlyList<SigningKey> keys)
    {
        var longAgo = time.GetUtcNow() - AuthOptions.LongestTokenLifetime - AccessTokens.ClockSkew;
        return [.. keys.Zip(keys.Skip(1)).Where(pair => pair.Second.SignsFrom < longAgo).Select(static pair => pair.First)];
    }

    private async Task<IReadOnlyList<SigningKey>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<SigningKeyRow>(new CommandDefinition(
            "SELECT id, public_key, sealed_key, created_at, signs_from FROM signing_keys ORDER BY signs_from, id", cancellationToken: cancellationToken));
        // With another secret the keys are others too: what was signed with the old ones is not good any more.
        return [.. rows.Select(row => SigningKey.Open(secrets, row)).OfType<SigningKey>()];
    }

    private Task<int> AddAsync(NpgsqlConnection connection, DateTimeOffset now, DateTimeOffset signsFrom, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO signing_keys (id, public_key, sealed_key, created_at, signs_from) VALUES (@Id, @PublicKey, @SealedKey, @CreatedAt, @SignsFrom)",
            SigningKey.Create(secrets, now, signsFrom),
            cancellationToken: cancellationToken));

    // Those of another secret go when they would have ended in any case.
    private Task<int> DropAsync(NpgsqlConnection connection, IReadOnlyList<SigningKey> keys, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM signing_keys WHERE id = ANY(@ended) OR (id <> ALL(@ours) AND signs_from < @longAgo)",
            new
            {
                ended = Ended(keys).Select(static k => k.Id).ToArray(),
                ours = keys.Select(static k => k.Id).ToArray(),
                longAgo = time.GetUtcNow() - options.Value.SigningKeyLifetime - AuthOptions.LongestTokenLifetime - Lead,
            },
            cancellationToken: cancellationToken));
}
