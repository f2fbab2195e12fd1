using System.Text.Json;

namespace ChatApp.AppHost.Engine;

/// <summary>An Ollama that somebody else started: on this machine, or at the address that is given.</summary>
internal static class RunningOllama
{
    private static readonly Uri DefaultAddress = new("http://127.0.0.1:11434");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static ModelEngine Add(HostSettings settings, ModelChoice? model)
    {
        if (model is { File: not null })
        {
            throw new SetupException($"Ollama knows models by name, and {model.File} is a file: name one, or set ChatApp:Engine:Kind to llama.cpp.");
        }

        var name = model?.Name ?? (Models(settings) is [var first, ..] ? first : null)
            ?? throw new SetupException($"No Ollama with a model answers at {Address(settings)}: start it and pull one, or name the model in ChatApp:Model.");
        var address = Address(settings).ToString().TrimEnd('/');
        return new ModelEngine("Ollama", ReferenceExpression.Create($"{address}"), new ModelChoice(name, File: null, BuiltIn: false));
    }

    /// <summary>The models that it has, newest first as it lists them; none when it does not answer.</summary>
    public static IReadOnlyList<string> Models(HostSettings settings)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address(settings), "api/tags"));
            using var response = client.Send(request);
            using var list = JsonDocument.Parse(response.EnsureSuccessStatusCode().Content.ReadAsStream());
            return [.. list.RootElement.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!)];
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            return [];
        }
    }

    private static Uri Address(HostSettings settings) => settings.Engine.Address ?? DefaultAddress;
}
