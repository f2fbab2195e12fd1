using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Web.Api;

namespace ChatApp.Web.Session;

/// <summary>
/// The Api's ways in and out, which need no session. Every method throws <see cref="ApiException"/> as <see cref="ApiClient"/> does.
/// </summary>
internal sealed class AuthApi(IHttpClientFactory clients)
{
    /// <summary>The name of its client.</summary>
    public const string HttpClient = "auth";

    /// <summary>Makes an account and signs it in, unless its address must be confirmed first.</summary>
    public Task<SignInAnswer> SignUpAsync(SignUpRequest request, VisitorInfo visitor, CancellationToken cancellationToken)
        => EnterAsync("sign-up", request, ApiJson.Default.SignUpRequest, visitor, mayTicket: false, cancellationToken);

    /// <summary>Signs in, or begins to where a code is wanted too; a wrong e-mail address or password is a 401 problem.</summary>
    public Task<SignInAnswer> SignInAsync(SignInRequest request, VisitorInfo visitor, CancellationToken cancellationToken)
        => EnterAsync("sign-in", request, ApiJson.Default.SignInRequest, visitor, mayTicket: true, cancellationToken);

    /// <summary>The second step: the ticket of the first, and a code.</summary>
    public Task<SignedIn> EnterCodeAsync(SecondFactorRequest request, VisitorInfo visitor, CancellationToken cancellationToken)
        => AskAsync("second-factor", request, ApiJson.Default.SecondFactorRequest, ApiJson.Default.SignedIn, visitor, cancellationToken);

    /// <summary>The next pair of tokens. A 401 says that the session has ended.</summary>
    public Task<SignedIn> RefreshAsync(string refreshToken, VisitorInfo visitor, CancellationToken cancellationToken)
        => AskAsync("refresh", new RefreshRequest(refreshToken), ApiJson.Default.RefreshRequest, ApiJson.Default.SignedIn, visitor, cancellationToken);

    /// <summary>Ends the session that the access token is of.</summary>
    public async Task SignOutAsync(string accessToken, VisitorInfo visitor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/auth/sign-out");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        visitor.WriteTo(request);
        using var response = await clients.CreateClient(HttpClient).AskAsync(request, cancellationToken);
    }

    /// <summary>Mails a link for a new password, if there is such an account; the answer is the same if not.</summary>
    public Task ForgotPasswordAsync(string email, VisitorInfo visitor, CancellationToken cancellationToken)
        => DoAsync("forgot-password", new EmailRequest(email), ApiJson.Default.EmailRequest, visitor, cancellationToken);

    /// <summary>Sets a new password by a mailed link, and ends all sessions.</summary>
    public Task ResetPasswordAsync(ResetPasswordRequest request, VisitorInfo visitor, CancellationToken cancellationToken)
        => DoAsync("reset-password", request, ApiJson.Default.ResetPasswordRequest, visitor, cancellationToken);

    /// <summary>Confirms an address by a mailed link.</summary>
    public Task ConfirmEmailAsync(string token, VisitorInfo visitor, CancellationToken cancellationToken)
        => DoAsync("confirm-email", new MailedToken(token), ApiJson.Default.MailedToken, visitor, cancellationToken);

    /// <summary>Mails the link for confirming an address again, if there is something to confirm; the answer is the same if not.</summary>
    public Task ResendConfirmationAsync(string email, VisitorInfo visitor, CancellationToken cancellationToken)
        => DoAsync("resend-confirmation", new EmailRequest(email), ApiJson.Default.EmailRequest, visitor, cancellationToken);

    /// <summary>The other services that one may sign in with.</summary>
    public async Task<IReadOnlyList<SignInProvider>> ListProvidersAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/auth/providers");
        using var response = await clients.CreateClient(HttpClient).AskAsync(request, cancellationToken);
        return (await response.ReadAsync(ApiJson.Default.ItemListSignInProvider, cancellationToken)).Items;
    }

    /// <summary>Where to send the browser for signing in with another service.</summary>
    public Task<ExternalWay> BeginExternalAsync(string provider, string redirectUri, VisitorInfo visitor, CancellationToken cancellationToken)
        => AskAsync($"external/{Uri.EscapeDataString(provider)}", new ExternalStart(redirectUri), ApiJson.Default.ExternalStart, ApiJson.Default.ExternalWay, visitor, cancellationToken);

    /// <summary>Signs in with what the browser brought back from there.</summary>
    public Task<SignInAnswer> EndExternalAsync(string provider, ExternalCallback callback, VisitorInfo visitor, CancellationToken cancellationToken)
        => EnterAsync($"external/{Uri.EscapeDataString(provider)}/callback", callback, ApiJson.Default.ExternalCallback, visitor, mayTicket: true, cancellationToken);

    private async Task<SignInAnswer> EnterAsync<TBody>(
        string path, TBody body, JsonTypeInfo<TBody> type, VisitorInfo visitor, bool mayTicket, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(path, body, type, visitor, cancellationToken);
        return response.StatusCode != HttpStatusCode.Accepted
            ? new SignInAnswer(await response.ReadAsync(ApiJson.Default.SignedIn, cancellationToken), null)
            : new SignInAnswer(null, mayTicket ? await response.ReadAsync(ApiJson.Default.SecondFactorTicket, cancellationToken) : null);
    }

    private async Task<TAnswer> AskAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<TAnswer> answerType, VisitorInfo visitor, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(path, body, type, visitor, cancellationToken);
        return await response.ReadAsync(answerType, cancellationToken);
    }

    private async Task DoAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> type, VisitorInfo visitor, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(path, body, type, visitor, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync<TBody>(
        string path, TBody body, JsonTypeInfo<TBody> type, VisitorInfo visitor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/auth/{path}") { Content = JsonContent.Create(body, type) };
        visitor.WriteTo(request);
        return await clients.CreateClient(HttpClient).AskAsync(request, cancellationToken);
    }
}
