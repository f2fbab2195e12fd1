using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Web.Account;
using Microsoft.AspNetCore.Components.Authorization;

namespace ChatApp.Web.Api;

/// <summary>
/// ChatApp's Api as the pages see it, in the name of the signed-in user. Every method throws <see cref="ApiException"/> when
/// the Api answers with a problem, cannot be reached, or does not answer in time.
/// </summary>
/// <remarks>
/// The token is read for each request from the user of this circuit or request. A message handler could not do that: the
/// client factory keeps handlers in a scope of its own, where another user's token might be found.
/// </remarks>
internal sealed class ApiClient(HttpClient http, AuthenticationStateProvider authentication)
{
    /// <summary>Makes an account and signs it in. <paramref name="visitor"/> is whose attempt it is: the Api limits them by address.</summary>
    public Task<Session> SignUpAsync(SignUpRequest request, IPAddress? visitor, CancellationToken cancellationToken)
        => EnterAsync("api/auth/sign-up", request, ApiJson.Default.SignUpRequest, visitor, cancellationToken);

    /// <summary>Signs in; a wrong e-mail address or password is a 401 problem. <paramref name="visitor"/> as for a sign-up.</summary>
    public Task<Session> SignInAsync(SignInRequest request, IPAddress? visitor, CancellationToken cancellationToken)
        => EnterAsync("api/auth/sign-in", request, ApiJson.Default.SignInRequest, visitor, cancellationToken);

    /// <summary>What the site should say about the model behind it.</summary>
    public Task<SiteInfo> GetSiteAsync(CancellationToken cancellationToken)
        => GetAsync("api/site", ApiJson.Default.SiteInfo, cancellationToken);

    /// <summary>A page of the characters that one can talk with.</summary>
    public Task<Page<Character>> ListCharactersAsync(string? cursor, CancellationToken cancellationToken)
        => GetAsync($"api/characters?limit=30{After(cursor)}", ApiJson.Default.PageCharacter, cancellationToken);

    /// <summary>One character; a 404 problem if there is none.</summary>
    public Task<Character> GetCharacterAsync(Guid id, CancellationToken cancellationToken)
        => GetAsync($"api/characters/{id}", ApiJson.Default.Character, cancellationToken);

    /// <summary>Starts a conversation with a character.</summary>
    public Task<Conversation> StartConversationAsync(Guid characterId, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Post, "api/conversations", new StartConversation(characterId), ApiJson.Default.StartConversation, ApiJson.Default.Conversation, cancellationToken);

    /// <summary>A page of the user's conversations, newest activity first.</summary>
    public Task<Page<Conversation>> ListConversationsAsync(string? cursor, CancellationToken cancellationToken)
        => GetAsync($"api/conversations?limit=30{After(cursor)}", ApiJson.Default.PageConversation, cancellationToken);

    /// <summary>One conversation; a 404 problem if it is not the user's.</summary>
    public Task<Conversation> GetConversationAsync(Guid id, CancellationToken cancellationToken)
        => GetAsync($"api/conversations/{id}", ApiJson.Default.Conversation, cancellationToken);

    /// <summary>Gives a conversation another title of 1 to 120 characters.</summary>
    public Task<Conversation> RenameConversationAsync(Guid id, string title, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Patch, $"api/conversations/{id}", new RenameConversation(title), ApiJson.Default.RenameConversation, ApiJson.Default.Conversation, cancellationToken);

    /// <summary>Deletes a conversation for good; an answer in progress is stopped.</summary>
    public Task DeleteConversationAsync(Guid id, CancellationToken cancellationToken)
        => DeleteAsync($"api/conversations/{id}", cancellationToken);

    /// <summary>A page of messages, oldest first: the newest ones, or those before a cursor.</summary>
    public Task<MessagePage> ListMessagesAsync(Guid conversationId, string? cursor, CancellationToken cancellationToken)
        => GetAsync($"api/conversations/{conversationId}/messages?limit=30{After(cursor)}", ApiJson.Default.MessagePage, cancellationToken);

    /// <summary>Asks for something by its path: what a feature's own methods are made of.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Sends a body, and reads what is answered.</summary>
    public async Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, bodyType) };
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
        return await ReadAsync(response, answerType, cancellationToken);
    }

    /// <summary>Sends a body where nothing is answered but that it is done.</summary>
    public async Task SendAsync<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, bodyType) };
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
    }

    /// <summary>Asks for something to be done that needs no body and has no answer.</summary>
    public async Task PostAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
    }

    /// <summary>Asks for something to be done that needs no body, and reads what is answered.</summary>
    public async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Puts a body in the place of the version that is known; a 412 problem when there is another one by now.</summary>
    public async Task<TAnswer> PutAsync<TBody, TAnswer>(
        string path, int version, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body, bodyType) };
        request.Headers.TryAddWithoutValidation("If-Match", FormattableString.Invariant($"\"{version}\""));
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
        return await ReadAsync(response, answerType, cancellationToken);
    }

    /// <summary>Deletes what has this path.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        using var response = await SendAsync(request, anonymous: false, cancellationToken);
    }

    private static string After(string? cursor) => cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";

    // The call comes from this server, so without the forwarded address all people would share one limit.
    private async Task<Session> EnterAsync<TBody>(
        string path, TBody body, JsonTypeInfo<TBody> type, IPAddress? visitor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, type) };
        if (visitor is not null)
        {
            request.Headers.Add("X-Forwarded-For", visitor.ToString());
        }

        using var response = await SendAsync(request, anonymous: true, cancellationToken);
        return await ReadAsync(response, ApiJson.Default.Session, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool anonymous, CancellationToken cancellationToken)
    {
        if (!anonymous)
        {
            var state = await authentication.GetAuthenticationStateAsync();
            if (state.User.AccessToken is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Refused, timed out, or a circuit breaker that would not even try: to a person it is all the same.
            throw new ApiException(HttpStatusCode.ServiceUnavailable, ApiProblem.Unreachable, error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ApiException(response.StatusCode, await ReadProblemAsync(response, cancellationToken));
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new ApiException(response.StatusCode, ApiProblem.NotUnderstood);
        }
        catch (JsonException error)
        {
            throw new ApiException(response.StatusCode, ApiProblem.NotUnderstood, error);
        }
    }

    private static async Task<ApiProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ApiJson.Default.ApiProblem, cancellationToken) ?? ApiProblem.NotUnderstood;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or HttpRequestException)
        {
            return ApiProblem.NotUnderstood;
        }
    }
}
