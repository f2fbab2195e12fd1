using System.Net.Http.Headers;
using System.Text.Json;
using ChatApp.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Moderation.Detectors.Outside;

/// <summary>
/// Asks an OpenAI-compatible moderation API. What a person keeps inside is not sent to it: memories, and answers that may repeat some.
/// Such texts it does not judge; the other detectors do.
/// </summary>
internal sealed class OutsideDetector(IHttpClientFactory http, IOptions<OutsideOptions> options) : IContentDetector
{
    public const string DetectorName = "outside";

    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClient = "moderation";

    /// <summary>Bytes of an answer that are read at most.</summary>
    public const int MaxAnswer = 256 * 1024;

    private static readonly Dictionary<string, ModerationCategory> Categories = new(StringComparer.Ordinal)
    {
        ["sexual"] = ModerationCategory.Sexual,
        ["sexual/minors"] = ModerationCategory.Minors,
        ["hate"] = ModerationCategory.Hate,
        ["hate/threatening"] = ModerationCategory.Hate,
        ["harassment/threatening"] = ModerationCategory.Violence,
        ["violence"] = ModerationCategory.Violence,
        ["violence/graphic"] = ModerationCategory.Violence,
        ["self-harm"] = ModerationCategory.SelfHarm,
        ["self-harm/intent"] = ModerationCategory.SelfHarm,
        ["self-harm/instructions"] = ModerationCategory.SelfHarm,
        ["illicit"] = ModerationCategory.Illegal,
        ["illicit/violent"] = ModerationCategory.Illegal,
    };

    public string Name => DetectorName;

    public bool IsImmediate => false;

    public async ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (settings.Address is not { } address)
        {
            throw new ModerationUnavailableException("No address is configured: set 'Moderation:Outside:Address'.");
        }

        if ((text.StaysInside || text.Source == ModerationSource.Memory) && OutsideAddress.Is(address))
        {
            return [];
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Timeout);
        try
        {
            var scores = await AskAsync(settings, Cut(text.Text, settings.MaxCharacters), patience.Token);
            return [.. scores.Select(s => Of(s.Key, s.Value, text.Text.Length)).OfType<Detection>()];
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModerationUnavailableException("The moderation API took too long.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or Polly.ExecutionRejectedException)
        {
            throw new ModerationUnavailableException("The moderation API does not answer, or not as it should.", exception);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..(most / 2)]}\n…\n{text[^(most / 2)..]}";

    private async Task<Dictionary<string, double>> AskAsync(OutsideOptions settings, string text, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClient);
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address)
        {
            Content = JsonContent.Create(new OutsideRequest(text, settings.Model), OutsideJson.Default.OutsideRequest),
        };
        if (!string.IsNullOrEmpty(settings.Key))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Key);
        }

        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(OutsideJson.Default.OutsideAnswer, cancellationToken);
        if (answer?.Results is not [{ CategoryScores: { Count: > 0 } scores }])
        {
            throw new JsonException("not one result with scores");
        }

        return scores.Where(static s => s.Value is >= 0 and <= 1).ToDictionary(static s => s.Key, static s => s.Value!.Value, StringComparer.Ordinal);
    }

    private Detection? Of(string category, double score, int length)
    {
        var settings = options.Value;
        var level = score >= settings.High ? ModerationLevel.High : score >= settings.Medium ? ModerationLevel.Medium
            : score >= settings.Low ? ModerationLevel.Low : ModerationLevel.None;
        // Whatever level this category has, a policy blocks it: a weak guess is not enough for that.
        return !Categories.TryGetValue(category, out var known) || level == ModerationLevel.None || (known == ModerationCategory.Minors && level == ModerationLevel.Low)
            ? null
            : new Detection(known, level, 0, length, DetectorName, category);
    }
}
