using System.Globalization;
using ChatApp.AppHost.Containers;

namespace ChatApp.AppHost.Engine;

/// <summary>llama.cpp's own server image: a file of this machine, or a model that it fetches from Hugging Face by name.</summary>
internal static class LlamaContainer
{
    private const string Image = "ghcr.io/ggml-org/llama.cpp";
    private const int Port = 8080;
    private const int Slots = 4;

    public static ModelEngine Add(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice model)
    {
        if (builder.ExecutionContext.IsPublishMode && model.File is not null)
        {
            throw new SetupException("A deployment cannot take a model file along: name one of Hugging Face in ChatApp:Model (owner/repository:Q4_K_M), or use Ollama.");
        }

        var gpu = builder.ExecutionContext.IsRunMode && ContainerRuntime.HasGpu();
        var key = builder.AddSecret("engine-key");
        var server = builder.AddContainer("llama", Image, gpu ? "server-cuda" : "server")
            .WithHttpEndpoint(targetPort: Port)
            .WithVolume("chatapp-llama-models", "/models")
            .WithEnvironment("LLAMA_CACHE", "/models")
            .WithEnvironment("LLAMA_API_KEY", key)
            .WithArgs("--host", "0.0.0.0", "--port", Port.ToString(CultureInfo.InvariantCulture), "--alias", model.Name, "--jinja", "--metrics", "--no-webui")
            .WithArgs("--parallel", Slots.ToString(CultureInfo.InvariantCulture), "--ctx-size", (Slots * settings.Engine.ContextTokens).ToString(CultureInfo.InvariantCulture))
            .WithHttpHealthCheck("/health");

        if (gpu)
        {
            server.WithContainerRuntimeArgs(ContainerRuntime.GpuArguments());
        }

        if (model.File is { } file)
        {
            server.WithBindMount(file, $"/model/{Path.GetFileName(file)}", isReadOnly: true).WithArgs("--model", $"/model/{Path.GetFileName(file)}");
        }
        else
        {
            server.WithArgs("--hf-repo", model.Name);
        }

        return new ModelEngine("LlamaCpp", ReferenceExpression.Create($"{server.GetEndpoint("http")}"), model, key, server);
    }
}
