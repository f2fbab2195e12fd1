using System.Net;
using ChatApp.Inference.Models;
using ChatApp.Inference.Storage;
using ChatApp.Tests.Inference.Admin;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Inference.Models;

[Trait("Category", "Integration")]
public sealed class ModelStorageTests(StackFixture stack)
{
    private readonly string _schema = "test_" + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_ByOneGateway_ReachesTheOtherAndOutlivesBoth()
    {
        await using var engine = await LoopbackServer.StartAsync(ChatAnswers.Saying("stored"));
        await using (var one = await StartAsync())
        await using (var other = await StartAsync())
        {
            using var admin = new AdminCaller(one);
            await admin.PutAsync("/admin/engines/kept", new { kind = "OpenAI", address = engine.Address.GetLeftPart(UriPartial.Authority), apiVersion = "v1" });
            await admin.PutAsync("/admin/model?name=a/b:c", new { targets = new[] { new { engine = "kept", cachedInputPrice = 0.25m, priority = 3 } } });
            await admin.PutAsync("/admin/model?name=auto", new { auto = new { small = GatewayHost.Model, large = "a/b:c", threshold = 0.0 } });

            await UntilAsync(() => other.Services.GetRequiredService<ModelDirectory>().Current.Models.Count == 3);
            Assert.Equal("stored", await ChatAnswers.AskAsync(other, "auto"));
        }

        await using var next = await StartAsync();
        await UntilAsync(() => next.Services.GetRequiredService<ModelDirectory>().Current.Models.Count == 3);
        var target = next.Services.GetRequiredService<ModelDirectory>().Current.Find("a/b:c")!.Targets.Single();
        Assert.Equal(("kept", "a/b:c", 3), (target.Engine.Name, target.Model, target.Priority));
        Assert.Equal("v1", target.Engine.ApiVersion);
        Assert.Equal(new TargetPrice(0, 0.25m, 0), target.Price);
        Assert.Equal("stored", await ChatAnswers.AskAsync(next, "a/b:c"));
    }

    [Fact]
    public async Task Changes_ByManyAtOnce_AreAllKept()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        using var admin = new AdminCaller(one);
        using var another = new AdminCaller(other);

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(i => new[]
        {
            admin.PutAsync($"/admin/model?name=one{i}", new { targets = new[] { new { engine = "first" } } }),
            another.PutAsync($"/admin/model?name=other{i}", new { targets = new[] { new { engine = "first" } } }),
        }));

        await UntilAsync(() => one.Services.GetRequiredService<ModelDirectory>().Current.Models.Count == 21);
        await UntilAsync(() => other.Services.GetRequiredService<ModelDirectory>().Current.Models.Count == 21);
    }

    [Fact]
    public async Task Start_StoredModelOfAnEngineThatIsGone_LeavesItOutAndGoesOn()
    {
        await using (var before = await StartAsync(("Engines:1:Name", "second"), ("Engines:1:Address", "http://127.0.0.1:2"), ("Engines:1:Model", "other")))
        {
            using var admin = new AdminCaller(before);
            await admin.PutAsync("/admin/model?name=lost", new { targets = new[] { new { engine = "second" } } });
            await admin.PutAsync("/admin/model?name=half", new { targets = new[] { new { engine = "second", priority = 0 }, new { engine = "first", priority = 1 } } });
        }

        await using var after = await StartAsync();

        await UntilAsync(() => after.Services.GetRequiredService<ModelDirectory>().Current.Models.Count == 2);
        var snapshot = after.Services.GetRequiredService<ModelDirectory>().Current;
        Assert.Null(snapshot.Find("lost"));
        Assert.Equal("first", snapshot.Find("half")!.Targets.Single().Engine.Name);
    }

    [Fact]
    public async Task Start_PostgresAway_AnswersCallsAndRefusesChanges()
    {
        await using var engine = await LoopbackServer.StartAsync(ChatAnswers.Saying("here"));
        await using var gateway = await GatewayHost.StartAsync(
            engine.Address,
            AdminCaller.Setting,
            ("ConnectionStrings:chatdb", $"Host=127.0.0.1;Port={GatewayHost.DeadAddress().Port};Username=a;Password=b;Database=c"));
        using var admin = new AdminCaller(gateway);

        Assert.Equal("here", await ChatAnswers.AskAsync(gateway, GatewayHost.Model));
        Assert.Contains("Postgres", await admin.RefusedAsync(HttpStatusCode.ServiceUnavailable, HttpMethod.Put, "/admin/model?name=a", new { targets = new[] { new { engine = "first" } } }), StringComparison.Ordinal);
        Assert.Single(await admin.ListAsync("/admin/models"));
        using var health = await gateway.Client.GetAsync("/health", Cancellation);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Migrations_OfApiAndGateway_AreInSchemasOfTheirOwn()
    {
        await using var gateway = await StartAsync();
        var storage = gateway.Services.GetRequiredService<GatewayStorage>();
        await storage.WaitAsync(Cancellation);

        await using var command = storage.Database.CreateCommand("SELECT table_schema FROM information_schema.tables WHERE table_name = 'model_version' AND table_schema = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = _schema });

        Assert.Equal(_schema, await command.ExecuteScalarAsync(Cancellation));
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var gateway = await GatewayHost.StartAsync(
            new Uri("http://127.0.0.1:1"),
            [
                AdminCaller.Setting,
                ("Engines:0:Kind", "OpenAI"),
                ("ConnectionStrings:chatdb", stack.ChatDb),
                ("Gateway:Storage:Schema", _schema),
                ("Gateway:Storage:PollInterval", "00:00:00.1"),
                .. settings,
            ]);
        await gateway.Services.GetRequiredService<GatewayStorage>().WaitAsync(Cancellation);
        return gateway;
    }
}
