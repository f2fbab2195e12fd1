using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Components.Authorization;

namespace ChatApp.Web.Api;

/// <summary>
/// ChatApp's Api as the pages see it, in the name of the signed-in user. Every method throws <see cref="ApiException"/> when
/// the Api answers with a problem, cannot be reached, or does not answer in time.
/// </summary>
/// <remarks>
/// The token is asked for with each request, for the user of this circuit or request: a circuit outlives many. A message handler
/// could not do that: the client factory keeps handlers in a scope of its own, where another user's token might be found.
/// </remarks>
internal sealed class ApiClient(HttpClient http, AuthenticationStateProvider authentication, SessionTokens sessions)
{
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
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await response.ReadAsync(type, cancellationToken);
    }

    /// <summary>Sends a body, and reads what is answered.</summary>
    public async Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, bodyType) }, cancellationToken);
        return await response.ReadAsync(answerType, cancellationToken);
    }

    /// <summary>Sends a body where nothing is answered but that it is done.</summary>
    public async Task SendAsync<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, bodyType) }, cancellationToken);
    }

    /// <summary>Asks for something to be done that needs no body and has no answer.</summary>
    public async Task PostAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path), cancellationToken);
    }

    /// <summary>Asks for something to be done that needs no body, and reads what is answered.</summary>
    public async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path), cancellationToken);
        return await response.ReadAsync(type, cancellationToken);
    }

    /// <summary>Puts a body in the place of the version that is known; a 412 problem when there is another one by now.</summary>
    public async Task<TAnswer> PutAsync<TBody, TAnswer>(
        string path, int version, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, path)
            {
                Content = JsonContent.Create(body, bodyType),
                Headers = { { "If-Match", FormattableString.Invariant($"\"{version}\"") } },
            },
            cancellationToken);
        return await response.ReadAsync(answerType, cancellationToken);
    }

    /// <summary>Deletes what has this path.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);
    }

    private static string After(string? cursor) => cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";

    // A token may be refused before its end: a role was changed, or a password. If the session still lives, the next one is good.
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var state = await sessions.GetAsync(user, cancellationToken);
        try
        {
            return await SendAsync(make, state, cancellationToken);
        }
        catch (ApiException refused) when (refused.Status == HttpStatusCode.Unauthorized && state.Session is { } used)
        {
            state = await sessions.RenewAsync(user, used.AccessToken, cancellationToken);
            if (state.Session is null || state.Session.AccessToken == used.AccessToken)
            {
                throw;
            }
        }

        return await SendAsync(make, state, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, SessionState state, CancellationToken cancellationToken)
    {
        if (state.IsEnded)
        {
            throw new ApiException(HttpStatusCode.Unauthorized, ApiProblem.SignedOut);
        }

        if (state.IsOver)
        {
            throw new ApiException(HttpStatusCode.ServiceUnavailable, ApiProblem.Unreachable);
        }

        using var request = make();
        if (state.Session is { } session)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken);
        }

        return await http.AskAsync(request, cancellationToken);
    }
}
