using System.Buffers.Binary;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>What lies between the password and the code: a sealed text for one account, good for 5 minutes, 5 tries, and one sign-in.</summary>
internal sealed class SecondFactorTickets(NpgsqlDataSource database, SecretBox secrets, TimeProvider time)
{
    public const int MaxTries = 5;

    private const string Purpose = "second factor ticket";
    private const int IdSize = 16;
    private const int Size = IdSize + IdSize + sizeof(long);

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Makes a ticket in the transaction that the connection is in.</summary>
    public async Task<SecondFactorWanted> MakeAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM second_factor_tickets WHERE id IN (SELECT id FROM second_factor_tickets WHERE expires_at < @now FOR UPDATE SKIP LOCKED);
            INSERT INTO second_factor_tickets (id, user_id, expires_at) VALUES (@id, @userId, @expires)
            """;
        var (id, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        var expires = now + Lifetime;
        await connection.ExecuteAsync(new CommandDefinition(sql, new { id, userId, now, expires }, cancellationToken: cancellationToken));
        var content = new byte[Size];
        id.TryWriteBytes(content);
        userId.TryWriteBytes(content.AsSpan(IdSize));
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(IdSize + IdSize), expires.ToUnixTimeMilliseconds());
        return new SecondFactorWanted(secrets.Seal(Purpose, content), expires);
    }

    /// <summary>Takes one of a ticket's tries.</summary>
    /// <returns>The ticket's id and account; null when it is not ours, too old, used, or tried too often.</returns>
    public async Task<(Guid Id, Guid UserId)?> TryAsync(string ticket, CancellationToken cancellationToken)
    {
        if (secrets.Open(Purpose, ticket) is not { Length: Size } content
            || BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(IdSize + IdSize)) < time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return null;
        }

        var (id, userId) = (new Guid(content.AsSpan(0, IdSize)), new Guid(content.AsSpan(IdSize, IdSize)));
        var counted = await database.ExecuteAsync(
            "UPDATE second_factor_tickets SET tries = tries + 1 WHERE id = @id AND user_id = @userId AND tries < @MaxTries", new { id, userId, MaxTries }, cancellationToken);
        return counted == 1 ? (id, userId) : null;
    }

    /// <summary>Uses a ticket up, in the transaction that the connection is in.</summary>
    /// <returns>False when somebody else did, or the account has another password since.</returns>
    public static async Task<bool> EndAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM second_factor_tickets WHERE id = @id", new { id }, cancellationToken: cancellationToken)) == 1;

    /// <summary>Makes all tickets of an account worthless, in the transaction that the connection is in.</summary>
    public static Task DropAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM second_factor_tickets WHERE user_id = @userId", new { userId }, cancellationToken: cancellationToken));
}
