using ChatApp.Inference.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Inference.Models;

public sealed class ModelConfigurationTests
{
    [Theory]
    [InlineData("Gateway:Models:0:Name", "", "Gateway:Models:0:Name")]
    [InlineData("Gateway:Models:0:Targets:0:Engine", "nobody", "Gateway:Models:0:Targets:0:Engine 'nobody'")]
    [InlineData("Gateway:Models:0:Targets:0:Priority", "-1", "Gateway:Models:0:Targets:0:Priority")]
    [InlineData("Gateway:Models:0:Targets:0:OutputPrice", "-0.5", "Gateway:Models:0:Targets:0:OutputPrice")]
    [InlineData("Gateway:Models:0:Targets:0:ContextTokens", "0", "Gateway:Models:0:Targets:0:ContextTokens")]
    [InlineData("Gateway:Models:0:Targets:0:Capabilities", "None", "Gateway:Models:0:Targets:0:Capabilities")]
    [InlineData("Gateway:Models:0:Targets:1:Engine", "first", "twice at priority 0")]
    [InlineData("Gateway:Models:0:Auto:Small", "test-model", "exclude each other")]
    [InlineData("Gateway:Models:1:Name", "chain", "names are unique")]
    [InlineData("Gateway:Models:1:Name", "empty", "Gateway:Models:1:Targets has 0 targets")]
    [InlineData("Engines:1:Name", "unused", "Engines:1:Model is missing")]
    public async Task Start_WrongSetting_FailsAndNamesTheKey(string key, string value, string expected)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync((key, value)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:Models:0:Targets:0:Priority", "first")]
    [InlineData("Gateway:Models:0:Targets:0:Capabilities", "Flying")]
    public async Task Start_UnreadableValue_FailsAndNamesTheKey(string key, string value)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync((key, value)));

        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ChainAndShorthand_AreOneDirectory()
    {
        await using var gateway = await StartAsync(
            ("Gateway:Models:0:Targets:0:InputPrice", "2.5"),
            ("Gateway:Models:0:Targets:0:Capabilities", "Chat, Tools"),
            ("Gateway:Models:0:Targets:1:Engine", "bare"),
            ("Gateway:Models:0:Targets:1:Priority", "1"),
            ("Gateway:Models:0:Targets:1:Model", "hf.co/a/b:Q4"),
            ("Engines:1:Name", "bare"),
            ("Engines:1:Address", "http://127.0.0.1:2"));

        var snapshot = gateway.Services.GetRequiredService<ModelDirectory>().Current;

        Assert.Equal(["chain", GatewayHost.Model], snapshot.Models.Select(model => model.Name));
        var chain = snapshot.Find("chain")!.Targets;
        Assert.Equal([("first", "chain", 0), ("bare", "hf.co/a/b:Q4", 1)], chain.Select(target => (target.Engine.Name, target.Model, target.Priority)));
        Assert.Equal(new TargetPrice(2.5m, 2.5m, 0), chain[0].Price);
        Assert.Null(chain[1].Price);
        Assert.Equal(ModelCapabilities.Chat | ModelCapabilities.Tools, chain[0].Capabilities);
        Assert.Equal(ModelCapabilities.Any, chain[1].Capabilities);
        Assert.Equal(["first"], snapshot.Find(GatewayHost.Model)!.Targets.Select(target => target.Engine.Name));
    }

    private static Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
        new Uri("http://127.0.0.1:1"),
        [("Gateway:Models:0:Name", "chain"), ("Gateway:Models:0:Targets:0:Engine", "first"), .. settings]);
}
