using System.Net;
using System.Text.Json;
using Xunit;

namespace ChatApp.Tests.Inference.Ollama;

public sealed class PullTests
{
    private const string Success = """{"status":"success"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_ToTheEnd_IsTheSumOfItsLayersAndNeverGoesBack()
    {
        await using var world = await OllamaWorld.StartAsync();
        var path = await world.BeginAsync("new");
        var lines = world.Ollama.Pull("new");

        await lines.WriteAsync(FakeOllama.Layer(40, 100), Cancellation);
        await OllamaWorld.UntilAsync(world.Admin, path, pull => pull.GetProperty("completed").GetInt64() == 40);
        // A layer of which a part is fetched again, and another one.
        await lines.WriteAsync(FakeOllama.Layer(10, 100), Cancellation);
        await lines.WriteAsync(FakeOllama.Layer(5, 50, "sha256:bbbb"), Cancellation);
        var half = await OllamaWorld.UntilAsync(world.Admin, path, pull => pull.GetProperty("total").GetInt64() == 150);
        Assert.Equal(45, half.GetProperty("completed").GetInt64());
        Assert.Equal("pulling", half.GetProperty("status").GetString());
        Assert.Equal("pulling bbbb", half.GetProperty("detail").GetString());
        await lines.WriteAsync(Success, Cancellation);
        lines.Complete();

        var ended = await world.UntilEndedAsync(path);
        Assert.Equal("succeeded", ended.GetProperty("status").GetString());
        Assert.Equal(150, ended.GetProperty("completed").GetInt64());
        Assert.Contains("new:latest", (await world.Admin.ListAsync("/admin/engines/first/local-models")).Select(model => model.GetProperty("name").GetString()));
        Assert.Single(await world.Admin.ListAsync("/admin/pulls"));
    }

    [Theory]
    [InlineData("""{"error":"pull model manifest: file does not exist"}""", "file does not exist")]
    [InlineData("""{"status":"verifying sha256 digest"}""", "goes on where it stopped")]
    [InlineData("""{"status":"pull""", "what no Ollama answers")]
    public async Task Pull_ThatEndsOtherwise_HasFailedAndSaysWhy(string last, string expected)
    {
        await using var world = await OllamaWorld.StartAsync();
        var path = await world.BeginAsync("new");
        var lines = world.Ollama.Pull("new");
        await lines.WriteAsync(FakeOllama.Layer(40, 100), Cancellation);
        await lines.WriteAsync(last, Cancellation);
        lines.Complete();

        var ended = await world.UntilEndedAsync(path);

        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Contains(expected, ended.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(40, ended.GetProperty("completed").GetInt64());
    }

    [Fact]
    public async Task Pull_OfAnEngineThatFallsSilent_HasFailed()
    {
        await using var world = await OllamaWorld.StartAsync(("Gateway:Pulls:IdleTimeout", "00:00:00.5"));

        var ended = await world.UntilEndedAsync(await world.BeginAsync("new"));

        Assert.Contains("Gateway:Pulls:IdleTimeout", ended.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_WhileTheEngineIsSilent_ClosesItsConnection()
    {
        await using var world = await OllamaWorld.StartAsync();
        var path = await world.BeginAsync("new");
        await OllamaWorld.UntilAsync(world.Admin, path, pull => pull.GetProperty("detail").GetString() == "pulling manifest");

        Assert.Equal(HttpStatusCode.NoContent, (await world.Admin.SendAsync(HttpMethod.Delete, path)).Status);

        Assert.Equal("cancelled", (await world.UntilEndedAsync(path)).GetProperty("status").GetString());
        await OllamaWorld.UntilAsync(world.Admin, path, _ => !world.Ollama.Left.IsEmpty);
        await world.Admin.RefusedAsync(HttpStatusCode.NotFound, HttpMethod.Delete, $"/admin/pulls/{Guid.NewGuid()}");

        // Begun again, it is another pull.
        Assert.NotEqual(path, await world.BeginAsync("new"));
    }

    [Fact]
    public async Task Begin_TheSameAgain_IsTheSamePull()
    {
        await using var world = await OllamaWorld.StartAsync();
        var path = await world.BeginAsync("new");

        var (status, pull) = await world.Admin.SendAsync(HttpMethod.Post, "/admin/engines/FIRST/pulls", new { model = "New:latest" });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.EndsWith(pull.GetProperty("id").GetString()!, path, StringComparison.Ordinal);
        await world.Admin.RefusedAsync(HttpStatusCode.BadRequest, HttpMethod.Post, "/admin/engines/first/pulls", new { model = "a b" });
    }

    [Fact]
    public async Task Begin_MoreThanTwo_TheRestWaitAndOneTooManyIsRefused()
    {
        await using var world = await OllamaWorld.StartAsync(("Gateway:Pulls:MaxWaiting", "1"));
        var paths = new List<string>();
        foreach (var model in (string[])["a", "b", "c"])
        {
            paths.Add(await world.BeginAsync(model));
        }

        await world.Admin.RefusedAsync(HttpStatusCode.TooManyRequests, HttpMethod.Post, "/admin/engines/first/pulls", new { model = "d" });
        await OllamaWorld.UntilAsync(world.Admin, paths[2], _ => world.Ollama.Begun.Count == 2);
        Assert.Equal("waits for its turn", (await world.Admin.GetAsync(paths[2])).GetProperty("detail").GetString());

        await world.Admin.SendAsync(HttpMethod.Delete, paths[0]);
        await OllamaWorld.UntilAsync(world.Admin, paths[2], _ => world.Ollama.Begun.Contains("c"));
        // One that waits is cancelled as well.
        await world.Admin.SendAsync(HttpMethod.Delete, paths[2]);
        Assert.Equal("cancelled", (await world.UntilEndedAsync(paths[2])).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Events_UntilTheEnd_TellOfEachStep()
    {
        await using var world = await OllamaWorld.StartAsync();
        var path = await world.BeginAsync("new");
        var lines = world.Ollama.Pull("new");
        using var response = await world.Admin.Client.GetAsync(path + "/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("pulling", await NextAsync(reader));

        await lines.WriteAsync(FakeOllama.Layer(40, 100), Cancellation);
        Assert.Equal("pulling", await NextAsync(reader));
        await lines.WriteAsync(Success, Cancellation);
        lines.Complete();

        string? last = null;
        while (await NextAsync(reader) is { } status)
        {
            last = status;
        }

        Assert.Equal("succeeded", last);
    }

    private static async Task<string?> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<JsonElement>(line[6..]).GetProperty("status").GetString();
            }
        }

        return null;
    }
}
