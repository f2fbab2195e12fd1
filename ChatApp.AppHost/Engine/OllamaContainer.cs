using ChatApp.AppHost.Containers;

namespace ChatApp.AppHost.Engine;

/// <summary>Ollama as a container, with the GPU when there is one.</summary>
internal static class OllamaContainer
{
    /// <summary>Small enough for a laptop's processor, and free to use (Apache-2.0).</summary>
    public const string DefaultModel = "qwen2.5:1.5b";

    public static ModelEngine Add(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice? model)
    {
        if (model is { File: not null })
        {
            throw new SetupException($"Ollama knows models by name, and {model.File} is a file: name one, or set ChatApp:Engine:Kind to llama.cpp.");
        }

        // Ollama compares names with their tag.
        var name = model?.Name ?? DefaultModel;
        name = name.Contains(':', StringComparison.Ordinal) ? name : $"{name}:latest";

        var ollama = builder.AddOllama("ollama")
            .WithDataVolume();
        if (builder.ExecutionContext.IsRunMode && ContainerRuntime.HasGpu())
        {
            ollama.WithGPUSupport();
        }

        // Locally the AppHost pulls the model; once deployed there is no AppHost, so the container does.
        var served = ollama.AddModel("model", name);
        var pulls = $"ollama pull '{name}'";
        if (settings.Engine.Embeddings is { Length: > 0 } embeddings)
        {
            ollama.AddModel("embeddings", embeddings);
            pulls += $"; ollama pull '{embeddings}'";
        }

        if (builder.ExecutionContext.IsPublishMode)
        {
            ollama.WithEntrypoint("/bin/sh")
                .WithArgs("-c", $"ollama serve & until ollama list; do sleep 1; done; {pulls}; wait");
        }

        return new ModelEngine("Ollama", ReferenceExpression.Create($"{ollama.GetEndpoint("http")}"), new ModelChoice(name, File: null, BuiltIn: false), Readiness: served);
    }
}
