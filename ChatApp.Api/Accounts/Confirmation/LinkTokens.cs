using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Confirmation;

/// <summary>
/// The secrets in mails' links: 256 random bits, of which only the hash is kept. Each is good once and for a time; when one is used, all
/// others of its kind and account go with it.
/// </summary>
internal sealed class LinkTokens(NpgsqlDataSource database, TimeProvider time)
{
    public static readonly TimeSpan PasswordLifetime = TimeSpan.FromHours(1);

    public static readonly TimeSpan AddressLifetime = TimeSpan.FromHours(24);

    private const int Size = 32;

    /// <returns>43 letters, digits, hyphens and underscores.</returns>
    public async Task<string> MakeAsync(Guid userId, LinkPurpose purpose, string email, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM link_tokens WHERE expires_at < @now;
            INSERT INTO link_tokens (hash, user_id, purpose, email, expires_at) VALUES (@hash, @userId, @purpose, @email, @expires);
            """;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));
        var now = time.GetUtcNow();
        var expires = now + (purpose == LinkPurpose.ResetPassword ? PasswordLifetime : AddressLifetime);
        await database.ExecuteAsync(sql, new { hash = Hash(token), userId, purpose = Name(purpose), email, now, expires }, cancellationToken);
        return token;
    }

    /// <summary>What a token is good for; it stays good.</summary>
    /// <returns>Null for one that is unknown, used, or too old.</returns>
    public Task<LinkToken?> FindAsync(string token, CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<LinkToken>(
            "SELECT user_id, purpose, email FROM link_tokens WHERE hash = @hash AND expires_at > @now", new { hash = Hash(token), now = time.GetUtcNow() }, cancellationToken);

    /// <summary>Uses a token up, in the transaction that the connection is in.</summary>
    /// <returns>Null for one that is unknown, used, or too old.</returns>
    public async Task<LinkToken?> TakeAsync(NpgsqlConnection connection, string token, CancellationToken cancellationToken)
    {
        var taken = await connection.QueryFirstOrDefaultAsync<LinkToken>(new CommandDefinition(
            "DELETE FROM link_tokens WHERE hash = @hash AND expires_at > @now RETURNING user_id, purpose, email",
            new { hash = Hash(token), now = time.GetUtcNow() },
            cancellationToken: cancellationToken));
        if (taken is not null)
        {
            await DropAsync(connection, taken.UserId, taken.Purpose, cancellationToken);
        }

        return taken;
    }

    /// <summary>Makes an account's links of one kind worthless.</summary>
    public static Task DropAsync(NpgsqlConnection connection, Guid userId, LinkPurpose purpose, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM link_tokens WHERE user_id = @userId AND purpose = @purpose", new { userId, purpose = Name(purpose) }, cancellationToken: cancellationToken));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string Name(LinkPurpose purpose) => JsonNamingPolicy.CamelCase.ConvertName(purpose.ToString());
}
