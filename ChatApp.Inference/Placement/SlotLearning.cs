using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Placement;

/// <summary>Asks llama-servers in the background how many slots they have, unless the configuration says.</summary>
internal sealed partial class SlotLearning(
    ModelDirectory models, EngineLoads loads, IHttpClientFactory clients, TimeProvider time, ILogger<SlotLearning> logger) : BackgroundService
{
    /// <summary>The HttpClient's name.</summary>
    public const string ClientName = "engine-slots";

    // With it comes the chat's template, which may be long.
    private const int MaxAnswer = 1024 * 1024;
    private const int MostSlots = 4096;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // It may have been started again with other slots.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, long> _toldAt = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            var asked = models.Current.Engines
                .Where(engine => engine is { Kind: EngineKind.LlamaCpp, Concurrency: null } && IsDue(engine))
                .ToList();
            var slots = await Task.WhenAll(asked.Select(engine => AskAsync(engine, stoppingToken)));
            foreach (var (engine, told) in asked.Zip(slots))
            {
                if (told is { } count)
                {
                    _toldAt[engine.Name] = time.GetTimestamp();
                    if (loads.Of(engine).LearnedSlots != count)
                    {
                        LogLearned(logger, engine.Name, count);
                    }

                    loads.Learn(engine, count);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsDue(EngineOptions engine) =>
        loads.Of(engine).LearnedSlots is null || !_toldAt.TryGetValue(engine.Name, out var told) || time.GetElapsedTime(told) >= Remembered;

    private async Task<int?> AskAsync(EngineOptions engine, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            client.MaxResponseContentBufferSize = MaxAnswer;
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(engine.Address.TrimEnd('/') + "/props"));
            if (!string.IsNullOrEmpty(engine.Key))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", engine.Key);
            }

            using var response = await client.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Slots(await response.Content.ReadAsByteArrayAsync(cancellationToken)),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => UsualSlots.OfUnknown,
                _ => null,
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It is asked again; until then the usual number holds, or what it said last.
            return null;
        }
    }

    private static int? Slots(byte[] properties)
    {
        using var document = JsonDocument.Parse(properties);
        return document.RootElement.ValueKind is JsonValueKind.Object
            && document.RootElement.TryGetProperty("total_slots", out var slots)
            && slots.ValueKind is JsonValueKind.Number
            && slots.TryGetInt32(out var count)
            && count is > 0 and <= MostSlots
                ? count
                : null;
    }

    [LoggerMessage(LogLevel.Information, "Engine {Engine} answers {Slots} calls at once.")]
    private static partial void LogLearned(ILogger logger, string engine, int slots);
}
