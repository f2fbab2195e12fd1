using ChatApp.AppHost.Local;

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
        return engine with
        {
            Prefills = settings.Engine.Prefills ?? engine.Kind == LlamaCpp,
            IsOutside = settings.Engine.Outside ?? (settings.Engine.Address is { } address && OutsideAddress.Is(address)),
        };
    }

    /// <summary>The gateway's one engine.</summary>
    public static IResourceBuilder<ProjectResource> WithEngine(this IResourceBuilder<ProjectResource> gateway, ModelEngine engine)
    {
        gateway
            .WithEnvironment("Engines__0__Name", "default")
            .WithEnvironment("Engines__0__Kind", engine.Kind)
            .WithEnvironment("Engines__0__Address", engine.Address)
            .WithEnvironment("Engines__0__Model", engine.Model.Name);
        if (engine.Key is not null)
        {
            gateway.WithEnvironment("Engines__0__Key", engine.Key);
        }

        return engine.Readiness is null ? gateway : gateway.WaitFor(engine.Readiness);
    }

    /// <summary>The model that new conversations use, whether the site must say that it is only for trying, whether it continues answers, and whether it is an outside provider's.</summary>
    public static IResourceBuilder<ProjectResource> WithDefaultModel(this IResourceBuilder<ProjectResource> api, ModelEngine engine) =>
        api.WithEnvironment("Models__Default", engine.Model.Name)
            .WithEnvironment("Models__BuiltIn", engine.Model.BuiltIn ? "true" : "false")
            .WithEnvironment("Models__Prefills", engine.Prefills ? "true" : "false")
            .WithEnvironment("Models__Outside", engine.IsOutside ? "true" : "false");

    private static ModelEngine AddOllama(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice? model) =>
        settings.InContainers && settings.Engine.Address is null
            ? OllamaContainer.Add(builder, model)
            : RunningOllama.Add(settings, model);

    private static ModelEngine AddLlama(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice? model) =>
        settings.InContainers
            ? LlamaContainer.Add(builder, settings, model ?? ModelChoice.BuiltInModel(settings))
            : LlamaServer.Add(builder, settings, model ?? ModelChoice.BuiltInModel(settings));
}
