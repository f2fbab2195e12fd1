using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Models;

/// <summary>Asks the gateway, once for each text: what was said does not change.</summary>
internal sealed partial class TokenCounter(
    IHttpClientFactory http, IOptions<InferenceOptions> options, TimeProvider time, ILogger<TokenCounter> logger) : ITokenCounter
{
    // What one call may take along, and how long a prompt may wait for it.
    private const int MaxCharacters = 250_000;
    private const int MaxTexts = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // An engine without a tokenizer gets none by being asked again; one that is busy may answer soon.
    private static readonly TimeSpan RestWithout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ContextLifetime = TimeSpan.FromMinutes(5);

    private readonly TokenCounts _counts = new();
    private readonly EngineTokenizers _tokenizers = new(time);

    public async Task<int?> ContextAsync(string model, CancellationToken cancellationToken)
    {
        var known = _tokenizers.Of(model);
        if (known.MayBeAsked && !known.IsFresh(ContextLifetime))
        {
            await AskAsync(model, [], cancellationToken);
        }

        return _tokenizers.Of(model).Context;
    }

    public async Task<IReadOnlyList<int>?> CountAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var keys = texts.Select(text => TokenCounts.Key(model, text)).ToList();
        var missing = Enumerable.Range(0, texts.Count).Where(i => _counts.Find(keys[i]) is null).ToList();
        if (missing is not [])
        {
            if (missing.Count > MaxTexts || missing.Sum(i => (long)texts[i].Length) > MaxCharacters || !_tokenizers.Of(model).MayBeAsked
                || await AskAsync(model, [.. missing.Select(i => texts[i])], cancellationToken) is not { } counted)
            {
                return null;
            }

            for (var i = 0; i < missing.Count; i++)
            {
                _counts.Add(keys[missing[i]], counted[i]);
            }
        }

        var counts = keys.ConvertAll(key => _counts.Find(key) ?? -1);
        // So many were added at once that the first ones are forgotten again.
        return counts.Contains(-1) ? null : counts;
    }

    private async Task<List<int>?> AskAsync(string model, List<string> texts, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var client = http.CreateClient(ModelClients.HttpClient);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Value.Address.ToString().TrimEnd('/')}/tokenize"))
            {
                Content = JsonContent.Create(new TokenizeRequest(model, texts), TokenizeJson.Default.TokenizeRequest),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.Key);
            using var response = await client.SendAsync(request, patience.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                var isWithout = response.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;
                _tokenizers.Failed(model, isWithout ? RestWithout : RestAfterFailure);
                LogEstimated(model, isWithout ? "its engine counts none" : $"the gateway answered {(int)response.StatusCode}");
                return null;
            }

            var answer = await response.Content.ReadFromJsonAsync(TokenizeJson.Default.TokenizeAnswer, patience.Token);
            if (answer?.Counts is not { } counts || counts.Count != texts.Count)
            {
                throw new JsonException("not as many counts as texts");
            }

            _tokenizers.Answered(model, answer.MaxModelLen);
            return counts;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or TimeoutException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _tokenizers.Failed(model, RestAfterFailure);
            LogEstimated(model, exception.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Tokens of {Model} are estimated for now: {Reason}")]
    private partial void LogEstimated(string model, string reason);
}
