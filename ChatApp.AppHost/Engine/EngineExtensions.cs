using System.Globalization;
using ChatApp.AppHost.Gateway;
using ChatApp.AppHost.Local;
using ChatApp.ServiceDefaults.Http;

namespace ChatApp.AppHost.Engine;

/// <summary>Which engine runs the model, and what the services are told of it.</summary>
internal static class EngineExtensions
{
    private const string LlamaCpp = "LlamaCpp";

    /// <summary>
    /// Adds the engine that was asked for. With nothing asked: the endpoint that an address is given for, else Ollama's
    /// container (llama.cpp's when the model is a file), else this machine's llama-server, else its running Ollama.
    /// </summary>
    /// <exception cref="SetupException">That engine cannot run here.</exception>
    public static ModelEngine AddEngine(this IDistributedApplicationBuilder builder, HostSettings settings)
    {
        var model = ModelChoice.Chosen(settings);
        var engine = settings.Engine.Kind switch
        {
            "endpoint" => EndpointEngine.Add(builder, settings, model),
            "ollama" => AddOllama(builder, settings, model),
            "llama.cpp" => AddLlama(builder, settings, model),
            _ when settings.Engine.Address is not null => EndpointEngine.Add(builder, settings, model),
            _ when settings.InContainers => model is { File: not null } ? AddLlama(builder, settings, model) : AddOllama(builder, settings, model),
            _ when model is { File: null } => AddOllama(builder, settings, model),
            _ when InstalledTools.HasLlamaServer(settings) || RunningOllama.Models(settings).Count == 0 => AddLlama(builder, settings, model),
            _ => AddOllama(builder, settings, model),
        };
        if (settings.Engine.Embeddings is not null && engine.Kind == LlamaCpp)
        {
            throw new SetupException(
                "llama.cpp's server runs one model: for ChatApp:Engine:Embeddings use Ollama or an endpoint that serves both, or leave it empty and memories are found by their words.");
        }

        return engine with
        {
            Embeddings = string.IsNullOrWhiteSpace(settings.Engine.Embeddings) ? null : settings.Engine.Embeddings.Trim(),
            Prefills = settings.Engine.Prefills ?? engine.Kind == LlamaCpp,
            ContextTokens = engine.Kind == LlamaCpp ? settings.Engine.ContextTokens : null,
            IsOutside = settings.Engine.Outside ?? (settings.Engine.Address is { } address && OutsideAddress.Is(address)),
        };
    }

    /// <summary>The gateway's main engine, which counts as another where it serves an embedding model too, and those of <c>ChatApp:Engines</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithEngines(this IResourceBuilder<ProjectResource> gateway, ModelEngine engine, HostSettings settings)
    {
        gateway.WithEngine(0, GatewayCheck.MainEngine, engine, engine.Model.Name);
        if (engine.Embeddings is { } embeddings)
        {
            gateway.WithEngine(1, GatewayCheck.EmbeddingEngine, engine, embeddings);
        }

        gateway.WithMoreEngines(settings, engine.Embeddings is null ? 1 : 2);
        return engine.Readiness is null ? gateway : gateway.WaitFor(engine.Readiness);
    }

    /// <summary>The model that texts are embedded with, if any, and the key to ask it: whoever searches embeds what it searches for.</summary>
    public static IResourceBuilder<ProjectResource> WithEmbeddings(
        this IResourceBuilder<ProjectResource> api, ModelEngine engine, HostSettings settings, IResourceBuilder<ParameterResource> inferenceKey) =>
        engine.Embeddings is not { } model ? api : api
            .WithEnvironment("Inference__Key", inferenceKey)
            .WithEnvironment("Embeddings__Model", model)
            .WithEnvironment("Embeddings__Outside", engine.IsOutside ? "true" : "false")
            .WithEnvironment("Embeddings__QueryPrefix", settings.Engine.EmbeddingQueryPrefix ?? "")
            .WithEnvironment("Embeddings__DocumentPrefix", settings.Engine.EmbeddingDocumentPrefix ?? "");

    /// <summary>The model that new conversations use, whether the site must say that it is only for trying, whether it continues answers and is an outside provider's, and how much it reads.</summary>
    public static IResourceBuilder<ProjectResource> WithDefaultModel(this IResourceBuilder<ProjectResource> api, ModelEngine engine)
    {
        api.WithEnvironment("Models__Default", engine.Model.Name)
            .WithEnvironment("Models__BuiltIn", engine.Model.BuiltIn ? "true" : "false")
            .WithEnvironment("Models__Prefills", engine.Prefills ? "true" : "false")
            .WithEnvironment("Models__Outside", engine.IsOutside ? "true" : "false");
        return engine.ContextTokens is { } context
            ? api.WithEnvironment("Models__ContextTokens", context.ToString(CultureInfo.InvariantCulture))
            : api;
    }

    private static void WithEngine(this IResourceBuilder<ProjectResource> gateway, int number, string name, ModelEngine engine, string model)
    {
        gateway
            .WithEnvironment($"Engines__{number}__Name", name)
            .WithEnvironment($"Engines__{number}__Kind", engine.Kind)
            .WithEnvironment($"Engines__{number}__Address", engine.Address)
            .WithEnvironment($"Engines__{number}__Model", model)
            .WithEnvironment($"Engines__{number}__Outside", engine.IsOutside ? "true" : "false");
        if (engine.Key is not null)
        {
            gateway.WithEnvironment($"Engines__{number}__Key", engine.Key);
        }
    }

    private static ModelEngine AddOllama(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice? model) =>
        settings.InContainers && settings.Engine.Address is null
            ? OllamaContainer.Add(builder, settings, model)
            : RunningOllama.Add(settings, model);

    private static ModelEngine AddLlama(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice? model) =>
        settings.InContainers
            ? LlamaContainer.Add(builder, settings, model ?? ModelChoice.BuiltInModel(settings))
            : LlamaServer.Add(builder, settings, model ?? ModelChoice.BuiltInModel(settings));
}
