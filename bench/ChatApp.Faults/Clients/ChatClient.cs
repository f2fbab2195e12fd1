using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Faults.Judging;

namespace ChatApp.Faults.Clients;

/// <summary>
/// A person's program, as a careful one is written: every post has a key and is repeated until somebody says what became of
/// it, every reader comes back with the id of its last event. What it does goes into the history.
/// </summary>
public sealed class ChatClient
{
    /// <summary>Mira, who is seeded.</summary>
    private const string Character = "01980000-0000-7000-8000-000000000001";

    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly ApiNodes _nodes;
    private readonly History _history;
    private readonly AuthenticationHeaderValue _token;

    private ChatClient(ApiNodes nodes, History history, Guid userId, string token)
    {
        _nodes = nodes;
        _history = history;
        UserId = userId;
        _token = new AuthenticationHeaderValue("Bearer", token);
    }

    public Guid UserId { get; }

    /// <summary>Makes an account.</summary>
    public static async Task<ChatClient> SignUpAsync(ApiNodes nodes, History history, CancellationToken cancellationToken)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        using var response = await nodes.Http.PostAsJsonAsync(
            new Uri(nodes.Next(), "/api/auth/sign-up"), new { name = "Ada", email, password = "correct horse battery" }, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"A sign-up was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        var signedIn = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new ChatClient(nodes, history, signedIn.GetProperty("user").GetProperty("id").GetGuid(), signedIn.GetProperty("accessToken").GetString()!);
    }

    /// <summary>The same person as seen by another history.</summary>
    public ChatClient With(History history) => new(_nodes, history, UserId, _token.Parameter!);

    /// <summary>Begins a conversation, trying until it is there.</summary>
    public async Task<Guid> StartConversationAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var response = await SendAsync(HttpMethod.Post, "/api/conversations", JsonContent.Create(new { characterId = Character }), null, cancellationToken);
                if (response.StatusCode is HttpStatusCode.Created)
                {
                    return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetGuid();
                }
            }
            catch (Exception exception) when (IsBroken(exception, cancellationToken))
            {
                // Another node may answer.
            }

            await Task.Delay(RetryPause, cancellationToken);
        }
    }

    /// <summary>Says something until somebody takes it, with one key throughout.</summary>
    /// <param name="conversation">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <param name="key">The key; a new one when it is left out.</param>
    /// <param name="editOf">The message of theirs that it replaces; null for a new one.</param>
    /// <returns>The turn; null when it was refused for good, as a busy conversation does.</returns>
    public async Task<TurnHistory?> PostAsync(
        Guid conversation, string text, CancellationToken cancellationToken, string? key = null, Guid? editOf = null)
    {
        key ??= Guid.NewGuid().ToString("N");
        while (true)
        {
            var answer = await TryPostAsync(conversation, text, key, cancellationToken, editOf);
            switch (answer.Status)
            {
                case 202:
                    var turn = _history.Accepted(answer.Turn!.Value, UserId, conversation, text, key);
                    turn.UserMessage = JsonDocument.Parse(answer.Body).RootElement.GetProperty("userMessageId").GetGuid();
                    return turn;
                case >= 400 and < 500 and not 429 and not 408:
                    return null;
            }

            await Task.Delay(RetryPause, cancellationToken);
        }
    }

    /// <summary>Says something once.</summary>
    public async Task<PostAnswer> TryPostAsync(Guid conversation, string text, string key, CancellationToken cancellationToken, Guid? editOf = null)
    {
        var (at, clock) = (_history.Now, Stopwatch.StartNew());
        PostAnswer answer;
        try
        {
            using var response = await SendAsync(
                HttpMethod.Post, $"/api/conversations/{conversation}/turns", JsonContent.Create(new { text, editOf }), key, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            Guid? turn = response.StatusCode is HttpStatusCode.Accepted ? JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid() : null;
            answer = new PostAnswer((int)response.StatusCode, turn, response.Headers.RetryAfter?.Delta, clock.Elapsed, body);
        }
        catch (Exception exception) when (IsBroken(exception, cancellationToken))
        {
            answer = new PostAnswer(null, null, null, clock.Elapsed, exception.Message);
        }

        _history.Add(new PostHistory(at, answer.Took, conversation, key, answer.Status, answer.Turn, answer.RetryAfter is not null));
        return answer;
    }

    /// <summary>Asks to stop a turn, until somebody has heard it.</summary>
    public async Task CancelAsync(TurnHistory turn, CancellationToken cancellationToken)
    {
        turn.CancelledAt ??= _history.Now;
        while (true)
        {
            try
            {
                using var response = await SendAsync(HttpMethod.Post, $"/api/turns/{turn.Id}/cancel", null, null, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (IsBroken(exception, cancellationToken))
            {
                // Another node may answer.
            }

            await Task.Delay(RetryPause, cancellationToken);
        }
    }

    /// <summary>The status that a path answers with.</summary>
    public async Task<int> StatusAsync(HttpMethod method, string path, CancellationToken cancellationToken, string? lastEventId = null)
    {
        using var request = Request(method, path, null);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await _nodes.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Follows a turn to its end, from wherever the reader is.</summary>
    public Task<ReaderHistory> FollowAsync(TurnHistory turn, CancellationToken cancellationToken, ReaderStyle? style = null) =>
        new TurnReader(_nodes, _history, _token, style ?? new ReaderStyle()).FollowAsync(turn.AddReader(), cancellationToken);

    internal static bool IsBroken(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? key, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(RequestPatience);
        using var request = Request(method, path, content);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await _nodes.Http.SendAsync(request, patience.Token);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(_nodes.Next(), path)) { Content = content };
        request.Headers.Authorization = _token;
        return request;
    }
}
