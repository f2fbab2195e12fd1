using System.Runtime.Versioning;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>Without a container runtime: this machine's own servers as processes.</summary>
public sealed class LocalModelTests
{
    [Fact]
    public async Task Servers_Local_AreProcessesAndNothingIsAContainer()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp");

        Assert.All(["postgres", "redis-server", "llama"], name => Assert.IsType<ExecutableResource>(model[name]));
        Assert.DoesNotContain(model.Names, name => model[name] is ContainerResource);
        Assert.DoesNotContain("qdrant", model.Names);
        Assert.Contains("llama", model.Waits("inference"));
    }

    [Fact]
    public async Task Servers_Local_KeepTheirDataInTheDataDirectory()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local");

        Assert.Equal(Path.Combine(model.DataDirectory, "postgres"), (await model.EnvironmentAsync("postgres"))["DATA"]);
        Assert.Equal(Path.Combine(model.DataDirectory, "redis"), (await model.EnvironmentAsync("redis-server"))["DATA"]);
        Assert.Equal(Path.Combine(model.DataDirectory, "keys"), (await model.EnvironmentAsync("web"))["DataProtection__KeyDirectory"]);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Secrets_Local_AreMadeOnceAndOnlyTheOwnerReadsThem()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local");

        var file = Path.Combine(model.DataDirectory, "secrets.json");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.All(["auth-secret", "inference-key", "inference-admin-key", "postgres-password", "redis-password"], name => Assert.Contains($"\"{name}\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Model_NothingChosen_IsToldWhetherItIsTheBuiltInOne()
    {
        await using var builtIn = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Model=eng/models/tiny-chat/tiny-chat-q8_0.gguf");
        await using var named = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Model=llama3.2:3b", "--ChatApp:Engine:Kind=ollama");

        var api = await builtIn.EnvironmentAsync("api");

        Assert.Equal(("tiny-chat", "true"), (api["Models__Default"], api["Models__BuiltIn"]));
        Assert.Equal("false", (await named.EnvironmentAsync("api"))["Models__BuiltIn"]);
    }

    [Fact]
    public async Task Engine_RunningOllama_StartsNothingOfOurs()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=ollama", "--ChatApp:Model=llama3.2:3b", "--ChatApp:Engine:Address=http://127.0.0.1:1");

        var inference = await model.EnvironmentAsync("inference");

        Assert.DoesNotContain("llama", model.Names);
        Assert.Equal(("Ollama", "http://127.0.0.1:1", "llama3.2:3b"), (inference["Engines__0__Kind"], inference["Engines__0__Address"], inference["Engines__0__Model"]));
    }

    [Fact]
    public async Task Engine_Endpoint_IsAddressedWithoutItsVersion()
    {
        await using var model = await AppHostModel.CreateAsync(
            "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com/v1/", "--ChatApp:Engine:Key=k", "--ChatApp:Model=big-model");

        var inference = await model.EnvironmentAsync("inference");

        Assert.Equal(("OpenAI", "https://llm.example.com", "big-model"), (inference["Engines__0__Kind"], inference["Engines__0__Address"], inference["Engines__0__Model"]));
        Assert.Contains("Engines__0__Key", inference.Keys);
        Assert.DoesNotContain("llama", model.Names);
    }

    [Fact]
    public async Task Model_FileThatIsNotThere_IsSaidBeforeAnythingStarts()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Model=/nowhere/model.gguf"));

        Assert.Contains("/nowhere/model.gguf", failure.GetBaseException().Message, StringComparison.Ordinal);
    }
}
