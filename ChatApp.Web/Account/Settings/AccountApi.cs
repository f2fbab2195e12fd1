using ChatApp.Web.Api;

namespace ChatApp.Web.Account.Settings;

/// <summary>The signed-in person's own account, as the Api has it. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class AccountApi(ApiClient api)
{
    private const string Me = "api/me";
    private const int PageSize = 50;

    /// <summary>The account.</summary>
    public Task<User> GetAsync(CancellationToken cancellationToken) => api.GetAsync(Me, ApiJson.Default.User, cancellationToken);

    /// <summary>Gives the person another name.</summary>
    public Task RenameAsync(string name, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Patch, Me, new ProfileChange(name), ApiJson.Default.ProfileChange, cancellationToken);

    /// <summary>Sets another password, which ends all other sessions.</summary>
    public Task ChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/password", change, ApiJson.Default.PasswordChange, cancellationToken);

    /// <summary>Mails a link to another address, which is the account's once the link is followed.</summary>
    public Task ChangeEmailAsync(EmailChange change, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/email", change, ApiJson.Default.EmailChange, cancellationToken);

    /// <summary>A secret for an authenticator app.</summary>
    public Task<SecondFactorSetup> BeginSecondFactorAsync(string? password, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/second-factor", new(password), ApiJson.Default.PasswordAgain, ApiJson.Default.SecondFactorSetup, cancellationToken);

    /// <summary>Turns the second factor on with its first code.</summary>
    public Task<RecoveryCodesMade> ConfirmSecondFactorAsync(string code, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/second-factor/confirm", new(code), ApiJson.Default.SecondFactorCode, ApiJson.Default.RecoveryCodesMade, cancellationToken);

    /// <summary>Other recovery codes, in place of those made before.</summary>
    public Task<RecoveryCodesMade> NewRecoveryCodesAsync(string? password, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/second-factor/recovery-codes", new(password), ApiJson.Default.PasswordAgain, ApiJson.Default.RecoveryCodesMade, cancellationToken);

    /// <summary>Turns the second factor off.</summary>
    public Task RemoveSecondFactorAsync(string? password, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Delete, $"{Me}/second-factor", new(password), ApiJson.Default.PasswordAgain, cancellationToken);

    /// <summary>The other services that the account can be signed in to with.</summary>
    public async Task<IReadOnlyList<ExternalLogin>> ListExternalLoginsAsync(CancellationToken cancellationToken)
        => (await api.GetAsync($"{Me}/external-logins", ApiJson.Default.ItemListExternalLogin, cancellationToken)).Items;

    /// <summary>Where to send the browser for linking another service.</summary>
    public Task<ExternalWay> BeginLinkAsync(string provider, string redirectUri, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, Login(provider), new(redirectUri), ApiJson.Default.ExternalStart, ApiJson.Default.ExternalWay, cancellationToken);

    /// <summary>Links what the browser brought back from there.</summary>
    public Task EndLinkAsync(string provider, ExternalCallback callback, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Login(provider)}/callback", callback, ApiJson.Default.ExternalCallback, cancellationToken);

    /// <summary>Takes one away, unless it is the last way in.</summary>
    public Task RemoveExternalLoginAsync(string provider, CancellationToken cancellationToken)
        => api.DeleteAsync(Login(provider), cancellationToken);

    /// <summary>A page of the places where the account is signed in.</summary>
    public Task<Page<AccountSession>> ListSessionsAsync(string? cursor, CancellationToken cancellationToken)
        => api.GetAsync($"{Me}/sessions?limit={PageSize}{After(cursor)}", ApiJson.Default.PageAccountSession, cancellationToken);

    /// <summary>Signs out there.</summary>
    public Task EndSessionAsync(Guid id, CancellationToken cancellationToken) => api.DeleteAsync($"{Me}/sessions/{id}", cancellationToken);

    /// <summary>Signs out everywhere but here.</summary>
    public Task EndOtherSessionsAsync(CancellationToken cancellationToken) => api.DeleteAsync($"{Me}/sessions", cancellationToken);

    /// <summary>A page of the account's keys.</summary>
    public Task<Page<ApiKey>> ListKeysAsync(string? cursor, CancellationToken cancellationToken)
        => api.GetAsync($"{Me}/api-keys?limit={PageSize}{After(cursor)}", ApiJson.Default.PageApiKey, cancellationToken);

    /// <summary>Makes a key.</summary>
    public Task<ApiKeyMade> MakeKeyAsync(NewApiKey key, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/api-keys", key, ApiJson.Default.NewApiKey, ApiJson.Default.ApiKeyMade, cancellationToken);

    /// <summary>Makes another secret of a key.</summary>
    public Task<ApiKeyMade> RotateKeyAsync(Guid id, KeyRotation rotation, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/api-keys/{id}/rotate", rotation, ApiJson.Default.KeyRotation, ApiJson.Default.ApiKeyMade, cancellationToken);

    /// <summary>Deletes a key: nothing can use it any more.</summary>
    public Task DeleteKeyAsync(Guid id, CancellationToken cancellationToken) => api.DeleteAsync($"{Me}/api-keys/{id}", cancellationToken);

    /// <summary>What the account may do today.</summary>
    public Task<AccountLimits> GetLimitsAsync(CancellationToken cancellationToken)
        => api.GetAsync($"{Me}/limits", ApiJson.Default.AccountLimits, cancellationToken);

    /// <summary>Whether characters may answer to the person's tone.</summary>
    public Task<ToneSwitch> GetToneAsync(CancellationToken cancellationToken) => api.GetAsync($"{Me}/tone", ApiJson.Default.ToneSwitch, cancellationToken);

    /// <summary>Switches that.</summary>
    public Task SetToneAsync(bool enabled, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Me}/tone", new(enabled), ApiJson.Default.ToneSwitch, cancellationToken);

    /// <summary>Deletes the account and all that is its owner's.</summary>
    public Task DeleteAccountAsync(AccountDeletion deletion, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Me}/deletion", deletion, ApiJson.Default.AccountDeletion, cancellationToken);

    private static string Login(string provider) => $"{Me}/external-logins/{Uri.EscapeDataString(provider)}";

    private static string After(string? cursor) => cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
}
