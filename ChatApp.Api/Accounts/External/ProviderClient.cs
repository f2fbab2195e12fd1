using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols;

namespace ChatApp.Api.Accounts.External;

/// <summary>Asks providers. Every answer is bounded in time and size, and no redirect is followed.</summary>
internal sealed class ProviderClient(IHttpClientFactory clients) : IDocumentRetriever
{
    public const string ClientName = "external sign-in";

    public const int MaxAnswer = 512 * 1024;

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Changes a code into tokens (RFC 6749, 4.1.3, with RFC 7636).</summary>
    /// <exception cref="ExternalSignInException">The provider does not take it, or does not answer.</exception>
    public async Task<JsonElement> ExchangeAsync(
        ExternalProvider provider, ProviderEndpoints endpoints, ExternalState state, string code, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = state.RedirectUri,
            ["code_verifier"] = state.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoints.Token);
        if (endpoints.WantsBasic)
        {
            var credentials = $"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(provider.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }
        else
        {
            form["client_id"] = provider.ClientId;
            form["client_secret"] = provider.ClientSecret;
        }

        request.Content = new FormUrlEncodedContent(form);
        var answer = await AskAsync(request, cancellationToken);
        // Some providers say what is wrong with 200.
        return answer.ValueKind == JsonValueKind.Object && !answer.TryGetProperty("error", out _)
            ? answer
            : throw new ExternalSignInException(ExternalFailure.Refused, "the provider did not take the code");
    }

    /// <summary>Asks what a token is for.</summary>
    /// <exception cref="ExternalSignInException">The provider does not say.</exception>
    public async Task<JsonElement> ReadAsync(Uri address, string accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await AskAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (!ExternalOptionsCheck.IsSafe(new Uri(address)))
        {
            throw new ExternalSignInException(ExternalFailure.Unavailable, "the provider names an address without https");
        }

        using var client = clients.CreateClient(ClientName);
        return await client.GetStringAsync(new Uri(address), cancel);
    }

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new("application/json"));
        using var client = clients.CreateClient(ClientName);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is >= 400 and < 500)
            {
                throw new ExternalSignInException(ExternalFailure.Refused, $"the provider answered {(int)response.StatusCode}");
            }

            response.EnsureSuccessStatusCode();
            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonElement.Parse(content, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested))
        {
            throw new ExternalSignInException(ExternalFailure.Unavailable, "the provider did not answer as it should", failure);
        }
    }
}
