using System.Net;
using ChatApp.Inference.Storage;
using ChatApp.Tests.Inference.Admin;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Ollama;

[Trait("Category", "Integration")]
public sealed class PullStorageTests(StackFixture stack)
{
    private readonly string _schema = "test_" + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_OfOneGateway_IsShownAndCancelledByTheOther()
    {
        await using var world = await StartAsync();
        await using var other = await OllamaWorld.StartGatewayAsync(world.Ollama.Address, Settings);
        await other.Services.GetRequiredService<GatewayStorage>().WaitAsync(Cancellation);
        using var admin = new AdminCaller(other);
        var path = await world.BeginAsync("new");
        await world.Ollama.Pull("new").WriteAsync(FakeOllama.Layer(40, 100), Cancellation);

        await OllamaWorld.UntilAsync(admin, path, pull => pull.GetProperty("completed").GetInt64() == 40);
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(HttpMethod.Post, "/admin/engines/first/pulls", new { model = "new" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync(HttpMethod.Delete, path)).Status);

        var ended = await OllamaWorld.UntilAsync(admin, path, pull => pull.TryGetProperty("endedAt", out _));
        Assert.Equal("cancelled", ended.GetProperty("status").GetString());
        Assert.Single(await admin.ListAsync("/admin/pulls"));
    }

    [Fact]
    public async Task Pull_WhoseGatewayDied_HasFailedAndCanBeBegunAgain()
    {
        await using var world = await StartAsync();
        await using var command = world.Gateway.Services.GetRequiredService<GatewayStorage>().Database.CreateCommand(
            "INSERT INTO pulls (id, engine, model, status, detail, started_at, seen_at) VALUES (gen_random_uuid(), 'first', 'new', 'pulling', '', now() - interval '1 hour', now() - interval '1 minute')");
        await command.ExecuteNonQueryAsync(Cancellation);

        var lost = Assert.Single(await world.Admin.ListAsync("/admin/pulls"));

        Assert.Equal("failed", lost.GetProperty("status").GetString());
        Assert.Contains("goes on where it stopped", lost.GetProperty("error").GetString(), StringComparison.Ordinal);
        await world.BeginAsync("new");
    }

    private (string Key, string Value)[] Settings => [("ConnectionStrings:chatdb", stack.ChatDb), ("Gateway:Storage:Schema", _schema)];

    private async Task<OllamaWorld> StartAsync()
    {
        var world = await OllamaWorld.StartAsync(Settings);
        await world.Gateway.Services.GetRequiredService<GatewayStorage>().WaitAsync(Cancellation);
        return world;
    }
}
