using System.Net;
using ChatApp.Tests.Inference.Admin;
using Xunit;

namespace ChatApp.Tests.Inference.Ollama;

public sealed class LocalModelTests
{
    private const string Path = "/admin/engines/first/local-model?name=llama3.2:3b";

    [Fact]
    public async Task List_ModelThatIsLoaded_SaysSo()
    {
        await using var world = await OllamaWorld.StartAsync();

        var model = Assert.Single(await world.Admin.ListAsync("/admin/engines/first/local-models"));

        Assert.Equal("llama3.2:3b", model.GetProperty("name").GetString());
        Assert.Equal(2_019_393_189, model.GetProperty("bytes").GetInt64());
        Assert.Equal("Q4_K_M", model.GetProperty("quantization").GetString());
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 14, 56, 49, TimeSpan.FromHours(-7)).ToUnixTimeSeconds(), model.GetProperty("modifiedAt").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.True(model.GetProperty("loaded").GetBoolean());
        Assert.Equal(8192, model.GetProperty("contextTokens").GetInt32());
    }

    [Fact]
    public async Task Show_TellsWhatItCanDo()
    {
        await using var world = await OllamaWorld.StartAsync();

        var model = await world.Admin.GetAsync(Path);

        Assert.Equal(131072, model.GetProperty("contextTokens").GetInt64());
        Assert.Equal(["completion", "tools"], model.GetProperty("capabilities").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("A licence", model.GetProperty("license").GetString());
        await world.Admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/admin/engines/first/local-model?name=nothing");
        await world.Admin.RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Get, "/admin/engines/first/local-model");
    }

    [Fact]
    public async Task Delete_AModel_IsGoneAndTheProbeKnows()
    {
        await using var world = await OllamaWorld.StartAsync();
        using var before = await world.Gateway.Client.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, (await world.Admin.SendAsync(HttpMethod.Delete, Path)).Status);

        Assert.Empty(await world.Admin.ListAsync("/admin/engines/first/local-models"));
        await world.Admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Delete, Path);
        var health = await world.Gateway.Client.GetStringAsync("/health?", TestContext.Current.CancellationToken).ContinueWith(text => text.IsFaulted ? "unhealthy" : text.Result, TaskScheduler.Default);
        Assert.DoesNotContain("\"Healthy\"", health.Split("engines")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_EngineOfAnotherKindOrNone_SaysSo()
    {
        await using var world = await OllamaWorld.StartAsync();

        Assert.Contains("only Ollama", await world.Admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Get, "/admin/engines/other/local-models"), StringComparison.Ordinal);
        await world.Admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Get, "/admin/engines/nobody/local-models");
        await world.Admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Post, "/admin/engines/other/pulls", new { model = "a" });
    }

    [Fact]
    public async Task Ask_EngineThatIsNotThere_Is503AndSaysHowToStartIt()
    {
        await using var gateway = await OllamaWorld.StartGatewayAsync(GatewayHost.DeadAddress());
        using var admin = new AdminCaller(gateway);

        Assert.Contains("ollama serve", await admin.RefusedAsync(HttpStatusCode.ServiceUnavailable, HttpMethod.Get, "/admin/engines/first/local-models"), StringComparison.Ordinal);
    }
}
