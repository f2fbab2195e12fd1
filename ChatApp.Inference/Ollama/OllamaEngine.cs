using ChatApp.Inference.Admin;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Ollama;

/// <summary>Finds the engine that an admin means, and says what is wrong with it.</summary>
internal static class OllamaEngine
{
    /// <summary>The engine of that name; without one that is Ollama, the answer is given and null is returned.</summary>
    public static async Task<EngineOptions?> FindAsync(HttpContext context, ModelDirectory directory, string name)
    {
        var engine = directory.Current.Engines.FirstOrDefault(engine => string.Equals(engine.Name, name, StringComparison.OrdinalIgnoreCase));
        if (engine is { Kind: EngineKind.Ollama })
        {
            return engine;
        }

        await GatewayErrors.WriteAsync(context, engine is null
            ? AdminErrors.NotFound("engine")
            : AdminErrors.NotSupported($"The engine '{engine.Name}' is {engine.Kind}, whose models are not managed from here; only Ollama's are."));
        return null;
    }

    /// <summary>What an admin is told of an engine that does not answer as it should.</summary>
    public static GatewayError Unavailable(EngineOptions engine, Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => new(
            502, "engine_error", "engine_failed", $"The engine '{engine.Name}' answered {(int)status}. Check its kind and address; its log says more."),
        TimeoutException => new(504, "engine_error", "engine_timeout", $"The engine '{engine.Name}' did not answer in time."),
        HttpRequestException or IOException => new(503, "engine_error", "engine_unavailable", $"The engine '{engine.Name}' does not answer. Start it with: ollama serve"),
        _ => new(502, "engine_error", "engine_failed", $"The engine '{engine.Name}' answered what no Ollama answers. Check its kind and address."),
    };
}
