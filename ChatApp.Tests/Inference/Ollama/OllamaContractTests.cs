using System.Net;
using ChatApp.Tests.Inference.Admin;
using Xunit;

namespace ChatApp.Tests.Inference.Ollama;

/// <summary>
/// What is relied on of an Ollama, asked of the fake one and, where <c>CHATAPP_TEST_OLLAMA_ADDRESS</c> names one, of a real one; it needs
/// a model there, and the network for none of it.
/// </summary>
public sealed class OllamaContractTests
{
    private const string Variable = "CHATAPP_TEST_OLLAMA_ADDRESS";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LocalModels_Ollama_AreListedAndShown(bool isReal)
    {
        await using var fake = await FakeOllama.StartAsync();
        await using var gateway = await OllamaWorld.StartGatewayAsync(AddressOf(fake, isReal));
        using var admin = new AdminCaller(gateway);

        var models = await admin.ListAsync("/admin/engines/first/local-models");
        var name = models[0].GetProperty("name").GetString()!;
        var shown = await admin.GetAsync("/admin/engines/first/local-model?name=" + Uri.EscapeDataString(name));

        Assert.True(models[0].GetProperty("bytes").GetInt64() > 0);
        Assert.Contains(':', name);
        Assert.True(shown.GetProperty("contextTokens").GetInt64() > 0);
        Assert.NotEmpty(shown.GetProperty("capabilities").EnumerateArray());
        await admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/admin/engines/first/local-model?name=no-such-model-here");
        await admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Delete, "/admin/engines/first/local-model?name=no-such-model-here");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pull_OllamaWithoutSuchAModel_Fails(bool isReal)
    {
        await using var fake = await FakeOllama.StartAsync();
        var lines = fake.Pull("127.0.0.1:1/nobody/nothing");
        await lines.WriteAsync("""{"error":"pull model manifest: connection refused"}""", TestContext.Current.CancellationToken);
        lines.Complete();
        await using var gateway = await OllamaWorld.StartGatewayAsync(AddressOf(fake, isReal));
        using var admin = new AdminCaller(gateway);

        var (_, begun) = await admin.SendAsync(HttpMethod.Post, "/admin/engines/first/pulls", new { model = "127.0.0.1:1/nobody/nothing" });
        var ended = await OllamaWorld.UntilAsync(admin, "/admin/pulls/" + begun.GetProperty("id").GetString(), pull => pull.TryGetProperty("endedAt", out _));

        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.False(string.IsNullOrEmpty(ended.GetProperty("error").GetString()));
    }

    private static Uri AddressOf(FakeOllama fake, bool isReal)
    {
        var address = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(isReal && string.IsNullOrEmpty(address), $"There is no Ollama: set {Variable} to the address of one that has a model.");
        return isReal ? new Uri(address!) : fake.Address;
    }
}
