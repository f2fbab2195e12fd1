using ChatApp.AppHost;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>More engines, models with chains, and budgets: what the gateway is told of the AppHost's settings.</summary>
public sealed class GatewayModelTests
{
    private static readonly string[] TwoProviders =
    [
        "--ChatApp:RunOn=local", "--ChatApp:Model=small", "--ChatApp:Engine:Kind=ollama", "--ChatApp:Engine:Address=http://127.0.0.1:1",
        "--ChatApp:Engines:0:Name=vllm", "--ChatApp:Engines:0:Address=http://gpu.internal:8000/v1/", "--ChatApp:Engines:0:Model=big", "--ChatApp:Engines:0:Concurrency=32",
        "--ChatApp:Engines:1:Name=claude", "--ChatApp:Engines:1:Kind=Anthropic", "--ChatApp:Engines:1:Address=https://api.anthropic.com", "--ChatApp:Engines:1:Key=k",
    ];

    [Fact]
    public async Task Engines_Given_FollowTheMainOne()
    {
        await using var model = await AppHostModel.CreateAsync(TwoProviders);

        var inference = await model.EnvironmentAsync("inference");

        Assert.Equal("default", inference["Engines__0__Name"]);
        Assert.Equal(
            ("vllm", "OpenAI", "http://gpu.internal:8000", "big", "32"),
            (inference["Engines__1__Name"], inference["Engines__1__Kind"], inference["Engines__1__Address"], inference["Engines__1__Model"], inference["Engines__1__Concurrency"]));
        Assert.Equal(("claude", "Anthropic"), (inference["Engines__2__Name"], inference["Engines__2__Kind"]));
        Assert.DoesNotContain(inference.Keys, key => key is "Engines__1__Key" or "Engines__2__Model");
        Assert.Equal("{engine-1-key.value}", inference["Engines__2__Key"]);
    }

    [Fact]
    public async Task Models_Given_AreTheGatewaysWithTheirChains()
    {
        await using var model = await AppHostModel.CreateAsync(
        [
            .. TwoProviders, "--ChatApp:Models:0:Name=llama3.2:3b", "--ChatApp:Models:0:Cache=true", "--ChatApp:Models:0:Targets:0:Engine=vllm", "--ChatApp:Models:0:Targets:1:Engine=claude",
            "--ChatApp:Models:0:Targets:1:Model=claude-x", "--ChatApp:Models:0:Targets:1:Priority=1", "--ChatApp:Models:0:Targets:1:InputPrice=0.25", "--ChatApp:Models:0:Targets:1:Capabilities=Chat,Tools",
            "--ChatApp:Models:1:Name=auto", "--ChatApp:Models:1:Auto:Small=small", "--ChatApp:Models:1:Auto:Large=llama3.2:3b", "--ChatApp:Models:1:Auto:Threshold=0.4",
        ]);

        var inference = await model.EnvironmentAsync("inference");

        var models = inference.Where(static pair => pair.Key.StartsWith("Gateway__Models__", StringComparison.Ordinal)).Select(static pair => $"{pair.Key[17..]}={pair.Value}").Order(StringComparer.Ordinal);
        Assert.Equal(
        [
            "0__Cache=true", "0__Name=llama3.2:3b", "0__Targets__0__Engine=vllm", "0__Targets__0__Priority=0", "0__Targets__1__Capabilities=Chat,Tools", "0__Targets__1__Engine=claude",
            "0__Targets__1__InputPrice=0.25", "0__Targets__1__Model=claude-x", "0__Targets__1__Priority=1", "1__Auto__Large=llama3.2:3b", "1__Auto__Small=small", "1__Auto__Threshold=0.4", "1__Name=auto",
        ], models);
    }

    [Fact]
    public async Task Models_WithATargetOutside_AreNamedToTheApi()
    {
        await using var model = await AppHostModel.CreateAsync(
        [
            .. TwoProviders, "--ChatApp:Scale=true", "--ChatApp:Models:0:Name=chained", "--ChatApp:Models:0:Targets:0:Engine=default", "--ChatApp:Models:0:Targets:1:Engine=claude",
            "--ChatApp:Models:1:Name=inside", "--ChatApp:Models:1:Targets:0:Engine=vllm", "--ChatApp:Models:2:Name=auto", "--ChatApp:Models:2:Auto:Small=inside", "--ChatApp:Models:2:Auto:Large=chained",
        ]);

        foreach (var process in new[] { "api", "worker" })
        {
            var environment = await model.EnvironmentAsync(process);
            Assert.Equal("false", environment["Models__Outside"]);
            Assert.Equal(["auto", "chained"], environment.Where(static pair => pair.Key.StartsWith("Models__OutsideModels__", StringComparison.Ordinal)).OrderBy(static pair => pair.Key).Select(static pair => pair.Value));
        }
    }

    [Fact]
    public async Task Budgets_Given_AreTheGateways()
    {
        await using var model = await AppHostModel.CreateAsync(
            "--ChatApp:RunOn=local", "--ChatApp:Currency=EUR", "--ChatApp:Budgets:Default:TokensPerDay=200000", "--ChatApp:Budgets:Callers:background-facts:CostPerDay=1.5");

        var inference = await model.EnvironmentAsync("inference");

        Assert.Equal(
            ("200000", "1.5", "EUR"),
            (inference["Gateway__Budgets__Default__TokensPerDay"], inference["Gateway__Budgets__Callers__background-facts__CostPerDay"], inference["Gateway__Currency"]));
    }

    [Fact]
    public async Task Keys_Published_AreSecretsOfThePlatform()
    {
        await using var model = await AppHostModel.CreateAsync(
            "--publisher", "manifest", "--ChatApp:Engines:0:Name=azure", "--ChatApp:Engines:0:Kind=AzureOpenAI", "--ChatApp:Engines:0:Address=https://x.openai.azure.com", "--ChatApp:EngineKeys:team-a=k");

        var inference = await model.EnvironmentAsync("inference");

        Assert.Equal(("{engine-0-key.value}", "{stored-engine-key-team-a.value}"), (inference["Engines__1__Key"], inference["Gateway__EngineKeys__team-a"]));
        Assert.Equal("{inference-admin-key.value}", inference["Gateway__AdminKey"]);
    }

    [Theory]
    [InlineData("ChatApp:Engines:0:Address", "--ChatApp:Engines:0:Name=a")]
    [InlineData("ChatApp:Engines:0:Name", "--ChatApp:Engines:0:Address=http://a")]
    [InlineData("ChatApp:Engines:0:Key", "--ChatApp:Engines:0:Name=a", "--ChatApp:Engines:0:Kind=Anthropic", "--ChatApp:Engines:0:Address=http://a")]
    [InlineData("Kind", "--ChatApp:Engines:0:Name=a", "--ChatApp:Engines:0:Kind=Magic", "--ChatApp:Engines:0:Address=http://a")]
    [InlineData("used 2 times", "--ChatApp:Engines:0:Name=Default", "--ChatApp:Engines:0:Address=http://a")]
    [InlineData("nobody", "--ChatApp:Models:0:Name=m", "--ChatApp:Models:0:Targets:0:Engine=nobody")]
    [InlineData("Auto:Large", "--ChatApp:Models:0:Name=m", "--ChatApp:Models:0:Auto:Small=s")]
    [InlineData("Priority", "--ChatApp:Models:0:Name=m", "--ChatApp:Models:0:Targets:0:Engine=default", "--ChatApp:Models:0:Targets:0:Priority=first")]
    [InlineData("EngineKeys:a.b", "--ChatApp:EngineKeys:a.b=k")]
    [InlineData("ChatApp:Budgets:Default", "--ChatApp:Budgets:Default:TokensPerDay=-1")]
    public async Task Settings_Wrong_SayWhichKey(string expected, params string[] args)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => AppHostModel.CreateAsync(["--ChatApp:RunOn=local", .. args]));

        Assert.Contains(expected, (error as SetupException ?? error.GetBaseException()).Message, StringComparison.Ordinal);
    }
}
