using System.Globalization;
using ChatApp.AppHost.Local;

namespace ChatApp.AppHost.Engine;

/// <summary>llama.cpp's server as a process of this machine.</summary>
internal static class LlamaServer
{
    public static ModelEngine Add(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice model)
    {
        if (model.File is null)
        {
            throw new SetupException($"llama.cpp runs a model from a .gguf file, and '{model.Name}' is none: ./chatapp up --model PATH");
        }

        InstalledTools.Require(settings, "llama");

        // Without a key, any page open in a browser on this machine could use the engine.
        var key = builder.AddSecret("engine-key");
        var server = builder.AddExecutable("llama", "bash", settings.Repository, Path.Combine("eng", "local", "llama-server.sh"))
            .WithHttpEndpoint(env: "PORT")
            .WithEnvironment("MODEL", model.File)
            .WithEnvironment("ALIAS", model.Name)
            .WithEnvironment("DATA", InstalledTools.ToolFolder(settings))
            .WithEnvironment("CONTEXT", settings.Engine.ContextTokens.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("KEY", key)
            .WithHttpHealthCheck("/health");

        return new ModelEngine("LlamaCpp", ReferenceExpression.Create($"{server.GetEndpoint("http")}"), model, key, server);
    }
}
