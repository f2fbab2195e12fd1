using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Turns;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>A day's tokens: taken when a turn is accepted, settled when it ends, and never spent twice.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class TokenQuotaTests(StackFixture stack, LimitedHosts hosts) : IClassFixture<LimitedHosts>
{
    // A thousand for the prompt, one for the text, five hundred for the answer.
    private const int Estimate = 1501;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Posts_ManyAtOnceOnTwoProcesses_AreAcceptedWhileTheQuotaLasts()
    {
        var (user, elsewhere) = await hosts.SignUpAsync(tokensPerDay: (6 * Estimate) + 1000);
        var conversations = new List<Guid>();
        for (var i = 0; i < 40; i++)
        {
            conversations.Add(await user.StartConversationAsync());
        }

        var answers = await Task.WhenAll(conversations.Select((c, i) => PostAsync(i % 2 == 0 ? user.Client : elsewhere, c)));

        Assert.Equal(6, answers.Count(static a => a.StatusCode == HttpStatusCode.Accepted));
        var refused = answers.First(static a => a.StatusCode == HttpStatusCode.TooManyRequests);
        var problem = await ApiUser.JsonAsync(refused);
        Assert.Equal("quota_exceeded", (string)problem["code"]!);
        Assert.Equal(6 * Estimate, (long)problem["used"]!);
        var midnight = DateTimeOffset.UtcNow.UtcDateTime.Date.AddDays(1);
        Assert.Equal(midnight, ((DateTimeOffset)problem["resetsAt"]!).UtcDateTime);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, midnight - DateTime.UtcNow - TimeSpan.FromMinutes(1), midnight - DateTime.UtcNow + TimeSpan.FromMinutes(1));
        Assert.Equal(6 * Estimate, await UsedAsync(user));
        Assert.Equal(6L, await hosts.One.SqlAsync($"SELECT count(*) FROM turns t JOIN users u ON u.id = t.user_id WHERE u.email = '{user.Email}'"));
    }

    [Fact]
    public async Task Posts_RedisFlushed_KnowWhatWasUsedFromPostgres()
    {
        var (user, _) = await hosts.SignUpAsync(tokensPerDay: 3 * Estimate);
        await PostAsync(user.Client, await user.StartConversationAsync());
        await PostAsync(user.Client, await user.StartConversationAsync());
        await hosts.FlushAsync();

        using var third = await PostAsync(user.Client, await user.StartConversationAsync());
        using var fourth = await PostAsync(user.Client, await user.StartConversationAsync());

        Assert.Equal(HttpStatusCode.Accepted, third.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
    }

    [Fact]
    public async Task Posts_RefusedForAnotherReason_GiveBackWhatTheyTook()
    {
        var (user, _) = await hosts.SignUpAsync(tokensPerDay: 2 * Estimate);
        var busy = await user.StartConversationAsync();
        await PostAsync(user.Client, busy);
        for (var i = 0; i < 5; i++)
        {
            using var refused = await PostAsync(user.Client, busy);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        }

        using var unknown = await PostAsync(user.Client, Guid.NewGuid());
        using var second = await PostAsync(user.Client, await user.StartConversationAsync());

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
    }

    [Fact]
    public async Task Posts_RepeatedWithTheirKey_CostNothingAndAreAnsweredWithoutQuota()
    {
        var (user, _) = await hosts.SignUpAsync(tokensPerDay: Estimate);
        var conversation = await user.StartConversationAsync();
        var first = await user.PostTurnAsync(conversation, "Hi", "a-key").JsonAsync(HttpStatusCode.Accepted);

        var again = await user.PostTurnAsync(conversation, "Hi", "a-key").JsonAsync(HttpStatusCode.Accepted);
        using var other = await user.PostTurnAsync(await user.StartConversationAsync(), "Hi", "another-key");

        Assert.Equal((string)first["id"]!, (string)again["id"]!);
        Assert.Equal(Estimate, await UsedAsync(user));
        Assert.Equal(HttpStatusCode.TooManyRequests, other.StatusCode);
    }

    [Fact]
    public async Task Posts_CancelledBeforeAnyoneWorkedOnThem_CostNothing()
    {
        var (user, _) = await hosts.SignUpAsync(tokensPerDay: Estimate);
        for (var i = 0; i < 3; i++)
        {
            var turn = await user.SayAsync(await user.StartConversationAsync(), "Hi");
            Assert.Equal(Estimate, await UsedAsync(user));
            await user.CancelAsync(turn);
            Assert.Equal(0, await UsedAsync(user));
        }
    }

    [Fact]
    public async Task Posts_OfDeletedConversations_StayUsed()
    {
        var (user, _) = await hosts.SignUpAsync(tokensPerDay: Estimate);
        var conversation = await user.StartConversationAsync();
        await PostAsync(user.Client, conversation);

        using var deleted = await user.Client.DeleteAsync($"/api/conversations/{conversation}", Cancelled);
        await hosts.FlushAsync();
        using var next = await PostAsync(user.Client, await user.StartConversationAsync());

        Assert.Equal(HttpStatusCode.TooManyRequests, next.StatusCode);
    }

    [Fact]
    public async Task Turn_Ended_IsSettledWithWhatTheEngineCounted()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("Limits:Roles:admin:TokensPerDay", $"{Estimate + 10}"), ("Limits:RedisTimeout", "00:00:10"));
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();

        await user.TalkAsync(engine, conversation, "Hi", "Hello there");
        await UntilUsedAsync(user, 18);
        // By the counter too: there is room for an estimate again, which now goes by the prompt before. Once the turn is settled.
        HttpResponseMessage posted;
        do
        {
            posted = await PostAsync(user.Client, conversation);
        }
        while (posted.StatusCode == HttpStatusCode.TooManyRequests);

        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        Assert.Equal(18 + 11 + 1 + 500, await UsedAsync(user));
        await engine.AnswerNextAsync("Again");
        await UntilUsedAsync(user, 36);
    }

    [Fact]
    public async Task Posts_RedisNeverThere_AreJudgedByPostgres()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack, engine, ApiHostRows.WithoutWorker, ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200"), ("Limits:TokensPerDay", $"{2 * Estimate}"));
        using var user = await host.SignUpAsync();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await PostAsync(user.Client, await user.StartConversationAsync());
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid conversation) =>
        client.PostAsJsonAsync($"/api/conversations/{conversation}/turns", new { text = "Hi" }, Cancelled);

    private static async Task<long> UsedAsync(ApiUser user) => (long)(await user.GetAsync("/api/me/limits"))["tokensPerDay"]!["used"]!;

    private static async Task UntilUsedAsync(ApiUser user, long tokens)
    {
        while (await UsedAsync(user) != tokens)
        {
            await Task.Delay(20, Cancelled);
        }
    }
}
