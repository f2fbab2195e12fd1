using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>With a container runtime, and what a deployment is made from.</summary>
public sealed class ContainerModelTests
{
    [Fact]
    public async Task Servers_Containers_AreContainersWithVolumes()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=ollama");

        Assert.All(["postgres", "redis", "qdrant", "ollama"], name =>
        {
            Assert.IsType<ContainerResource>(model[name], exactMatch: false);
            Assert.Contains(model[name].Annotations.OfType<ContainerMountAnnotation>(), mount => mount.Type == ContainerMountType.Volume);
        });
        Assert.DoesNotContain(model.Names, name => model[name] is ExecutableResource);
    }

    [Fact]
    public async Task MemoryIndex_Containers_IsQdrantAndTheApisAlone()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=containers");

        var api = await model.EnvironmentAsync("api");

        Assert.Empty(AppHostModel.Missing(api.Keys, "ConnectionStrings__qdrant", "ConnectionStrings__qdrant_http"));
        Assert.DoesNotContain("ConnectionStrings__qdrant", (await model.EnvironmentAsync("inference")).Keys);
        Assert.Contains("qdrant", model.Waits("api"));
    }

    [Fact]
    public async Task Engine_Containers_IsOllamaAndTheGatewayWaitsForTheModel()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=ollama", "--ChatApp:Model=llama3.2");

        var inference = await model.EnvironmentAsync("inference");

        Assert.Equal(("Ollama", "llama3.2:latest"), (inference["Engines__0__Kind"], inference["Engines__0__Model"]));
        Assert.Contains("model", model.Waits("inference"));
    }

    [Fact]
    public async Task Engine_ModelFile_IsLlamaCppWithTheFileMounted()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=containers", "--ChatApp:Model=eng/models/tiny-chat/tiny-chat-q8_0.gguf");

        Assert.DoesNotContain("ollama", model.Names);
        Assert.Contains(model["llama"].Annotations.OfType<ContainerMountAnnotation>(), mount => mount is { Type: ContainerMountType.BindMount, IsReadOnly: true, Target: "/model/tiny-chat-q8_0.gguf" });
        var arguments = await model.ArgumentsAsync("llama");
        Assert.Equal("/model/tiny-chat-q8_0.gguf", arguments[Array.IndexOf(arguments, "--model") + 1]);
        Assert.Contains("Engines__0__Key", (await model.EnvironmentAsync("inference")).Keys);
    }

    [Fact]
    public async Task Publish_Always_IsContainersWithoutAnythingOfThisMachine()
    {
        await using var model = await AppHostModel.CreateAsync("--publisher", "manifest", "--ChatApp:RunOn=local");

        Assert.All(["postgres", "redis", "qdrant", "ollama"], name => Assert.Contains(name, model.Names));
        Assert.DoesNotContain(model.Names, name => model[name] is ExecutableResource);
        Assert.Contains("env", model.Names);
        Assert.False(File.Exists(Path.Combine(model.DataDirectory, "secrets.json")));
        var web = await model.EnvironmentAsync("web");
        Assert.DoesNotContain("DataProtection__KeyDirectory", web.Keys);
        Assert.All(web.Values.Concat((await model.EnvironmentAsync("api")).Values), value => Assert.DoesNotContain(model.DataDirectory, value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_Secrets_ArePlaceholders()
    {
        await using var model = await AppHostModel.CreateAsync("--publisher", "manifest");

        Assert.Equal("{auth-secret.value}", (await model.EnvironmentAsync("api"))["Auth__Secret"]);
        Assert.Equal("{inference-key.value}", (await model.EnvironmentAsync("inference"))["Gateway__Key"]);
    }
}
