using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatApp.Inference.Engines;
using OllamaSharp;
using OllamaSharp.Models;

namespace ChatApp.Inference.Ollama;

/// <summary>The models that an engine has.</summary>
internal sealed class LocalModels(OllamaClients clients, EngineReadiness readiness)
{
    private const int MaximumModels = 1000;
    private const int MaximumText = 64 * 1024;

    /// <summary>All of them, by name.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public Task<List<LocalModel>> ListAsync(EngineOptions engine, CancellationToken cancellationToken) => clients.AskAsync(engine, async ollama =>
    {
        var models = await ollama.ListLocalModelsAsync(cancellationToken);
        var loaded = (await ollama.ListRunningModelsAsync(cancellationToken)).ToLookup(static model => model.Name, StringComparer.OrdinalIgnoreCase);
        return models.Take(MaximumModels)
            .OrderBy(static model => model.Name, StringComparer.OrdinalIgnoreCase)
            .Select(model => new LocalModel(
                model.Name,
                model.Size,
                Instant(model.ModifiedAt),
                Text(model.Details?.Family),
                Text(model.Details?.ParameterSize),
                Text(model.Details?.QuantizationLevel),
                loaded.Contains(model.Name),
                loaded[model.Name].FirstOrDefault() is { ContextLength: > 0 and var context } ? context : null))
            .ToList();
    });

    /// <summary>One in full; null when the engine does not have it.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public Task<LocalModelDetails?> FindAsync(EngineOptions engine, string name, CancellationToken cancellationToken) => clients.AskAsync(engine, async ollama =>
    {
        if (await ShowAsync(ollama, name, cancellationToken) is not { } shown)
        {
            return null;
        }

        var listed = (await ollama.ListLocalModelsAsync(cancellationToken)).FirstOrDefault(model => ModelName.IsSame(model.Name, name));
        var isLoaded = (await ollama.ListRunningModelsAsync(cancellationToken)).Any(model => ModelName.IsSame(model.Name, name));
        return new LocalModelDetails(
            listed?.Name ?? name,
            listed?.Size,
            listed is null ? null : Instant(listed.ModifiedAt),
            Text(shown.Details?.Family),
            Text(shown.Details?.ParameterSize),
            Text(shown.Details?.QuantizationLevel),
            isLoaded,
            shown.Capabilities ?? [],
            Text(shown.Template),
            ContextTokens(shown.Info),
            Text(shown.License));
    });

    /// <summary>Deletes one; false when the engine does not have it.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<bool> DeleteAsync(EngineOptions engine, string name, CancellationToken cancellationToken)
    {
        var isDeleted = await clients.AskAsync(engine, async ollama =>
        {
            try
            {
                await ollama.DeleteModelAsync(new DeleteModelRequest { Model = name }, cancellationToken);
                return true;
            }
            catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.NotFound)
            {
                return false;
            }
        });
        readiness.Forget();
        return isDeleted;
    }

    private static async Task<ShowModelResponse?> ShowAsync(IOllamaApiClient ollama, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await ollama.ShowModelAsync(new ShowModelRequest { Model = name }, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    // Under the architecture's name: "llama.context_length".
    private static long? ContextTokens(ModelInfo? info) =>
        info is { Architecture.Length: > 0, ExtraInfo: { } more }
        && more.TryGetValue($"{info.Architecture}.context_length", out var value)
        && long.TryParse((value as JsonElement?)?.ToString() ?? Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            ? tokens
            : null;

    private static DateTimeOffset Instant(DateTime time) => time.Kind is DateTimeKind.Unspecified ? new DateTimeOffset(time, TimeSpan.Zero) : new DateTimeOffset(time.ToUniversalTime());

    private static string? Text(string? text) => text switch
    {
        null or "" => null,
        { Length: > MaximumText } => text[..MaximumText] + "…",
        _ => text,
    };
}
