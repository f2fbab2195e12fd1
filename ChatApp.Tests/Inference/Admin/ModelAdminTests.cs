using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference.Admin;

public sealed class ModelAdminTests
{
    private const string Secret = "sk-of-the-provider";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admin_CallersKey_IsRefused()
    {
        await using var gateway = await StartAsync();

        using var response = await gateway.Client.GetAsync("/admin/models", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Engines_List_ShowsNoKey()
    {
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);
        await admin.PutAsync("/admin/engines/extra", new { kind = "openai", address = "http://127.0.0.1:1", keyName = "provider", concurrency = 3 });

        using var response = await admin.Client.GetAsync("/admin/engines", Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayHost.EngineKey, text, StringComparison.Ordinal);
        var items = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["configuration", "stored"], items.Select(item => item.GetProperty("source").GetString()));
        Assert.All(items, item => Assert.True(item.GetProperty("hasKey").GetBoolean()));
        Assert.Equal("OpenAI", items[1].GetProperty("kind").GetString());
        Assert.Equal("provider", items[1].GetProperty("keyName").GetString());
        Assert.Equal(3, items[1].GetProperty("slots").GetInt32());
    }

    [Theory]
    [InlineData("""{"kind":"OpenAI","address":"ftp://127.0.0.1"}""", "address must be")]
    [InlineData("""{"kind":"OpenAI","address":"http://127.0.0.1/v1"}""", "must not end in /v1")]
    [InlineData("""{"kind":"OpenAI","address":"http://me:hunter2@127.0.0.1"}""", "address must be")]
    [InlineData("""{"kind":"OpenAI","address":"http://127.0.0.1?x=hunter2"}""", "address must be")]
    [InlineData("""{"kind":"Abacus","address":"http://127.0.0.1"}""", "kind must be")]
    [InlineData("""{"kind":"3","address":"http://127.0.0.1"}""", "kind must be")]
    [InlineData("""{"kind":"OpenAI","address":"http://127.0.0.1","key":"hunter2"}""", "$.key")]
    [InlineData("""{"kind":"OpenAI","address":"http://127.0.0.1","keyName":"unknown"}""", "Gateway:EngineKeys")]
    [InlineData("""{"kind":"OpenAI","address":"http://127.0.0.1","keyName":"bound"}""", "another host")]
    [InlineData("""{"kind":"OpenAI","address":"http://127.0.0.1","concurrency":0}""", "concurrency must be")]
    [InlineData("""{"kind":"OpenAI"}""", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("", "JSON object")]
    public async Task PutEngine_WrongInAnyWay_Is400AndSaysWhat(string body, string expected)
    {
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);

        using var response = await admin.Client.PutAsync("/admin/engines/extra", new StringContent(body), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Single(await admin.ListAsync("/admin/engines"));
    }

    [Fact]
    public async Task PutModel_OfTheConfiguration_IsReplacedUntilItIsDeleted()
    {
        await using var first = await LoopbackServer.StartAsync(ChatAnswers.Saying("first"));
        await using var second = await LoopbackServer.StartAsync(ChatAnswers.Saying("second"));
        await using var gateway = await StartAsync(first.Address);
        using var admin = new AdminCaller(gateway);
        await admin.PutAsync("/admin/engines/second", new { kind = "OpenAI", address = second.Address.GetLeftPart(UriPartial.Authority) });

        var path = $"/admin/model?name={GatewayHost.Model}";
        var made = await admin.PutAsync(path, new { cache = true, targets = new[] { new { engine = "SECOND", contextTokens = 4096, inputPrice = 1.5m, capabilities = new[] { "chat", "tools" } } } });

        Assert.Equal("stored", made.GetProperty("source").GetString());
        Assert.Equal("second", made.GetProperty("targets")[0].GetProperty("engine").GetString());
        Assert.Equal(["chat", "tools"], made.GetProperty("targets")[0].GetProperty("capabilities").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal("second", await ChatAnswers.AskAsync(gateway, GatewayHost.Model));
        Assert.Contains("4096", await gateway.Client.GetStringAsync("/v1/models", Cancellation), StringComparison.Ordinal);
        Assert.Contains("serves test-model", await admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Delete, "/admin/engines/second"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal("first", await ChatAnswers.AskAsync(gateway, GatewayHost.Model));
        Assert.Contains("in the configuration", await admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Delete, path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync(HttpMethod.Delete, "/admin/engines/second")).Status);
    }

    [Fact]
    public async Task PutModel_Unknowns_AreRefusedTogether()
    {
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);

        var message = await admin.RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/admin/model?name=a/b:c", new
        {
            targets = new object[] { new { engine = "first" }, new { engine = "nobody", priority = 100, inputPrice = -1 }, new { engine = "FIRST" } },
        });

        Assert.Contains("targets[1].engine 'nobody'", message, StringComparison.Ordinal);
        Assert.Contains("targets[1].priority", message, StringComparison.Ordinal);
        Assert.Contains("targets[1].inputPrice", message, StringComparison.Ordinal);
        Assert.Contains("twice at priority 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutModel_Virtual_ProtectsThoseItChooses()
    {
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);
        await admin.PutAsync("/admin/model?name=big", new { targets = new[] { new { engine = "first", model = "big-one" } } });

        await admin.PutAsync("/admin/model?name=third", new { targets = new[] { new { engine = "first" } } });
        await admin.PutAsync("/admin/model?name=auto", new { auto = new { small = GatewayHost.Model, large = "big", threshold = 0.4 } });

        Assert.Contains("'auto' chooses 'big'", await admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Delete, "/admin/model?name=big"), StringComparison.Ordinal);
        await admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Put, "/admin/model?name=big", new { auto = new { small = GatewayHost.Model, large = "third" } });
        await admin.RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Put, "/admin/model?name=auto2", new { auto = new { small = "auto", large = "nobody" } });
        await admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Delete, "/admin/model?name=nobody");
    }

    [Fact]
    public async Task Change_OfAnOlderVersion_Is412()
    {
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);
        using var read = await admin.Client.GetAsync("/admin/models", Cancellation);
        var version = read.Headers.ETag!.ToString();
        var body = new { targets = new[] { new { engine = "first" } } };

        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(HttpMethod.Put, "/admin/model?name=a", body, version)).Status);

        await admin.RefusedAsync(HttpStatusCode.PreconditionFailed, HttpMethod.Put, "/admin/model?name=b", body, version);
        await admin.RefusedAsync(HttpStatusCode.PreconditionFailed, HttpMethod.Put, "/admin/model?name=b", body, "nonsense");
    }

    [Fact]
    public async Task Engines_Above64_AreRefused()
    {
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);
        for (var i = 0; i < 63; i++)
        {
            await admin.PutAsync($"/admin/engines/e{i}", new { kind = "OpenAI", address = "http://127.0.0.1:1" });
        }

        Assert.Contains("64", await admin.RefusedAsync(HttpStatusCode.Conflict, HttpMethod.Put, "/admin/engines/more", new { kind = "OpenAI", address = "http://127.0.0.1:1" }), StringComparison.Ordinal);
        await admin.PutAsync("/admin/engines/e0", new { kind = "OpenAI", address = "http://127.0.0.1:2" });
    }

    [Fact]
    public async Task Stream_WhoseEngineIsRemovedMeanwhile_GoesOn()
    {
        var goOn = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            if (context.Request.Path != "/v1/chat/completions")
            {
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(ChatAnswers.Chunk("one"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await goOn.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(ChatAnswers.Chunk("two") + ChatAnswers.End, context.RequestAborted);
        });
        await using var gateway = await StartAsync();
        using var admin = new AdminCaller(gateway);
        await admin.PutAsync("/admin/engines/leaving", new { kind = "OpenAI", address = engine.Address.GetLeftPart(UriPartial.Authority) });
        await admin.PutAsync("/admin/model?name=m", new { targets = new[] { new { engine = "leaving" } } });

        using var response = await gateway.ChatAsync(Cancellation, "m");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        var line = await reader.ReadLineAsync(Cancellation);
        await admin.SendAsync(HttpMethod.Delete, "/admin/model?name=m");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync(HttpMethod.Delete, "/admin/engines/leaving")).Status);
        goOn.SetResult();
        var rest = await reader.ReadToEndAsync(Cancellation);

        Assert.Contains("one", line, StringComparison.Ordinal);
        Assert.Contains("two", rest, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
    }

    private static Task<GatewayHost> StartAsync(Uri? engine = null) => GatewayHost.StartAsync(
        engine ?? new Uri("http://127.0.0.1:1"),
        AdminCaller.Setting,
        ("Engines:0:Kind", "OpenAI"),
        ("Gateway:EngineKeys:provider", Secret),
        ("Gateway:EngineKeys:bound", Secret),
        ("Gateway:EngineKeyHosts:bound", "api.example.com"));
}
