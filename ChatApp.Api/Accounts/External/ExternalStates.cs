using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Accounts.External;

/// <summary>
/// Makes and takes the states of external sign-ins. Everything that is to be known again is sealed into the state itself, so an attempt that
/// nobody finishes leaves nothing behind; only those that come back are noted, so that each does so once.
/// </summary>
internal sealed class ExternalStates(NpgsqlDataSource database, SecretBox secrets, TimeProvider time)
{
    private const string Purpose = "external sign-in";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public (ExternalState State, string Sealed) Make(string provider, string redirectUri, Guid? userId)
    {
        var state = new ExternalState(Guid.CreateVersion7(), provider, redirectUri, Random(), Random(), time.GetUtcNow() + Lifetime, userId);
        return (state, secrets.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(state, ExternalJson.Default.ExternalState)));
    }

    /// <summary>Takes a state that came back.</summary>
    /// <exception cref="ExternalSignInException">It is not one that was made for this, or it came back before.</exception>
    public async Task<ExternalState> TakeAsync(string text, string provider, string redirectUri, Guid? userId, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM external_states WHERE expires_at < @now;
            INSERT INTO external_states (id, expires_at) VALUES (@Id, @ExpiresAt) ON CONFLICT DO NOTHING RETURNING true
            """;
        var now = time.GetUtcNow();
        if (secrets.Open(Purpose, text) is not { } content
            || JsonSerializer.Deserialize(content, ExternalJson.Default.ExternalState) is not { } state
            || state.ExpiresAt < now
            || state.Provider != provider
            || state.RedirectUri != redirectUri
            || state.UserId != userId)
        {
            throw new ExternalSignInException(ExternalFailure.State, "the state is not one that was made for this");
        }

        return await database.FirstOrDefaultAsync<bool>(sql, new { state.Id, state.ExpiresAt, now }, cancellationToken)
            ? state
            : throw new ExternalSignInException(ExternalFailure.State, "the state came back before");
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
