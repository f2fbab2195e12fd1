using System.Globalization;
using System.Net;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>Two processes of each role, started at once on an empty database.</summary>
[Trait("Category", "Integration")]
public sealed class ScaleTests
{
    private const string Beginning = "Once upon a time ";
    private const string Rest = "there were two of each.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_AWorkerAndAnApiAreKilledInItsMiddle_StillArrivesThroughTheSite()
    {
        await using var stack = await ScaledStack.StartAsync();
        var apis = await stack.ProcessesAsync("api");
        Assert.Equal((2, 2), (apis.Count, (await stack.ProcessesAsync("worker")).Count));
        await AnswersOnlyForItsHealthAsync(stack.Worker);
        using var visitor = await stack.SignUpAsync();
        var conversation = await ScaledStack.IdAsync(visitor.Http, "/api/conversations", new { characterId = ApiUser.Mira });
        var turn = await ScaledStack.IdAsync(visitor.Http, $"/api/conversations/{conversation}/turns", new { text = "Tell me" });
        var call = await stack.Engine.NextCallAsync();

        // The site gives each reader to the process with fewer of them, so each has one.
        var readers = new[] { new ReturningReader(visitor.Http, turn), new ReturningReader(visitor.Http, turn) };
        var beginnings = await Task.WhenAll(readers.Select(static reader => reader.ReadUntilAsync(static e => e.Type == "accepted")));
        Assert.All(beginnings, static seen => Assert.Single(seen));
        call.Say(Beginning);
        await Task.WhenAll(readers.Select(static reader => reader.ReadUntilAsync(static e => e.Type == "delta")));

        await ScaledStack.KillAsync(int.Parse((await stack.SqlAsync("SELECT worker FROM turns")).Split(':')[^2], CultureInfo.InvariantCulture));
        await ScaledStack.KillAsync(apis[0]);

        var again = await stack.Engine.NextCallAsync();
        again.Say(again.Prompt[^1].StartsWith("assistant: ", StringComparison.Ordinal) ? Rest : Beginning + Rest);
        again.Finish();
        await Task.WhenAll(readers.Select(static reader => reader.ReadUntilAsync(static e => e.IsTerminal)));

        Assert.All(readers, static reader => Assert.Equal(Beginning + Rest, reader.Text));
        Assert.Equal([0, 1], readers.Select(static reader => reader.Returns).Order());
        Assert.Equal($"completed 2 {Beginning}{Rest}", await stack.SqlAsync(
            "SELECT t.status || ' ' || t.attempt || ' ' || m.text FROM turns t JOIN messages m ON m.id = t.assistant_message_id"));

        // And with one of each the site goes on as before.
        for (var i = 0; i < 3; i++)
        {
            var next = await ScaledStack.IdAsync(visitor.Http, $"/api/conversations/{conversation}/turns", new { text = "And then?" });
            await stack.Engine.AnswerNextAsync("The end");
            var reader = new ReturningReader(visitor.Http, next);
            Assert.Equal("completed", (await reader.ReadUntilAsync(static e => e.IsTerminal))[^1].Type);
            using var page = await visitor.Http.GetAsync(new Uri("/characters", UriKind.Relative), Cancelled);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    private static async Task AnswersOnlyForItsHealthAsync(Uri worker)
    {
        using var client = new HttpClient { BaseAddress = worker };
        foreach (var (path, expected) in new[] { ("health", 200), ("alive", 200), ("api/site", 404), ("api/conversations", 404), ("docs", 404), ("openapi/v1.json", 404), ("", 404) })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancelled);
            Assert.True((int)response.StatusCode == expected, $"{path}: {response.StatusCode}");
        }
    }
}
