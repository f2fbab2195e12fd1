using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Going on with an answer that was cut off, as far as its acceptance: no worker runs here.</summary>
[Trait("Category", "Integration")]
public sealed class ContinueTests(StackFixture stack) : IAsyncLifetime
{
    private const string SoFar = "Once upon 😀";

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ApiHostRows.WithoutWorker, ("Models:Prefills", "true"), ("Models:Profiles:stubborn:Prefills", "false"));
        _user = await _host.SignUpAsync();
        _conversation = await _user.StartConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Theory]
    [InlineData("cancelled", null)]
    [InlineData("failed", null)]
    [InlineData("completed", "length")]
    public async Task Continue_AnswerThatWasCutOff_BeginsWithItsTextInItsPlace(string status, string? finishReason)
    {
        var old = await AnsweredAsync(status, SoFar, finishReason);
        Assert.True((bool)(await _user.MessagesAsync(_conversation))[1]["canContinue"]!);

        var turn = await _user.ContinueAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal("continue", (string)turn["kind"]!);
        Assert.Equal((Guid)old["userMessageId"]!, (Guid)turn["userMessageId"]!);
        var shown = (await _user.MessagesAsync(_conversation))[1];
        Assert.Equal(Answer(turn), (Guid)shown["id"]!);
        Assert.Equal(SoFar, (string)shown["text"]!);
        Assert.Equal("pending", (string)shown["status"]!);
        Assert.Equal((1, 1), ((int)shown["siblingIndex"]!, (int)shown["siblingCount"]!));
        Assert.False((bool)shown["canContinue"]!);
    }

    [Fact]
    public async Task Continue_ThenCancelledWhileQueued_KeepsTheTextAndCanBeContinuedAgain()
    {
        var old = await AnsweredAsync("cancelled", SoFar);
        var turn = await _user.ContinueAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.Accepted);

        await _user.CancelAsync(Id(turn));

        var shown = (await _user.MessagesAsync(_conversation))[1];
        Assert.Equal((SoFar, "stopped", true), ((string)shown["text"]!, (string)shown["status"]!, (bool)shown["canContinue"]!));
        await _user.ContinueAsync(_conversation, Answer(turn)).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal(["Tell me", SoFar], await _user.TextsAsync(_conversation));
    }

    [Fact]
    public async Task Events_OfAQueuedContinuation_BeginWithTheTextSoFar()
    {
        var old = await AnsweredAsync("cancelled", SoFar);
        var turn = Id(await _user.ContinueAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.Accepted));
        using var live = await _user.FollowAsync(turn);
        var seen = await live.ReadUntilAsync(static e => e.Type == "delta");
        Assert.Equal([("1-0", "accepted"), ("2-12", "delta")], seen.Select(static e => (e.Id, e.Type)));

        await _user.CancelAsync(turn);
        seen.AddRange(await live.ReadToEndAsync());

        string[] ids = ["1-0", "2-12", "3-12"];
        Assert.Equal(ids, seen.Select(static e => e.Id));
        Assert.Equal(SoFar, TurnEventSeen.Assemble(seen));
        for (var had = 0; had < ids.Length; had++)
        {
            var cursor = had == 0 ? null : ids[had - 1];
            var rest = await _user.EventsAsync(turn, cursor);
            Assert.Equal(ids[had..], rest.Select(static e => e.Id));
            Assert.Equal(SoFar, TurnEventSeen.Assemble(rest, had < 2 ? "" : SoFar));
        }
    }

    [Fact]
    public async Task Continue_AnswerThatSomethingFollows_LeavesItsBranchReachable()
    {
        var old = await AnsweredAsync("cancelled", SoFar);
        await AnsweredAsync("completed", "Good", "stop");

        var turn = await _user.ContinueAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.Accepted);

        var shown = await _user.MessagesAsync(_conversation);
        Assert.Equal(2, shown.Count);
        Assert.Equal((2, 2, (Guid?)Answer(old)), ((int)shown[1]["siblingIndex"]!, (int)shown[1]["siblingCount"]!, (Guid?)shown[1]["previousSiblingId"]));
        await _user.ShowAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(4, (await _user.MessagesAsync(_conversation)).Count);
        Assert.Equal(Answer(turn), (Guid?)(await _user.MessagesAsync(_conversation))[1]["nextSiblingId"]);
    }

    [Fact]
    public async Task Show_AnswerThatWasContinued_ShowsTheOneInItsPlace()
    {
        var old = await AnsweredAsync("cancelled", SoFar);
        var turn = await _user.ContinueAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.Accepted);

        await _user.ShowAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.OK);

        Assert.Equal(Answer(turn), (Guid)(await _user.MessagesAsync(_conversation))[1]["id"]!);
    }

    [Theory]
    [InlineData("completed", SoFar, "stop", "is whole")]
    [InlineData("cancelled", "", null, "Nothing of this answer")]
    [InlineData("failed", "", null, "Nothing of this answer")]
    public async Task Continue_NothingToContinue_IsRefused(string status, string text, string? finishReason, string sentence)
    {
        var old = await AnsweredAsync(status, text, finishReason);
        Assert.False((bool)(await _user.MessagesAsync(_conversation))[1]["canContinue"]!);

        await RefusedAsync(Answer(old), sentence);
    }

    [Fact]
    public async Task Continue_UserMessageOrContinuedOrRunning_IsRefused()
    {
        var old = await AnsweredAsync("cancelled", SoFar);
        await RefusedAsync((Guid)old["userMessageId"]!, "not an answer");
        var turn = await _user.ContinueAsync(_conversation, Answer(old)).JsonAsync(HttpStatusCode.Accepted);
        await RefusedAsync(Answer(turn), "still being answered");
        await _user.CancelAsync(Id(turn));
        await RefusedAsync(Answer(old), "continued already");
    }

    [Fact]
    public async Task Continue_ModelThatDoesNotGoOn_IsRefusedAndNotOffered()
    {
        var old = await AnsweredAsync("cancelled", SoFar);
        await _host.SqlAsync("UPDATE characters SET model = 'stubborn' WHERE slug = 'mira'");

        Assert.False((bool)(await _user.MessagesAsync(_conversation))[1]["canContinue"]!);
        await RefusedAsync(Answer(old), "cannot continue");
    }

    private static Guid Id(JsonNode turn) => (Guid)turn["id"]!;

    private static Guid Answer(JsonNode turn) => (Guid)turn["assistantMessageId"]!;

    private async Task<JsonNode> AnsweredAsync(string status, string text, string? finishReason = null)
    {
        var turn = await _user.PostTurnAsync(_conversation, "Tell me").JsonAsync(HttpStatusCode.Accepted);
        await _host.EndTurnAsync(Id(turn), status, text, finishReason);
        return turn;
    }

    private async Task RefusedAsync(Guid message, string sentence)
    {
        var before = await _host.FingerprintAsync();
        var problem = await _user.ContinueAsync(_conversation, message).JsonAsync(HttpStatusCode.Conflict);
        Assert.Contains(sentence, (string)problem["detail"]!);
        Assert.Equal(before, await _host.FingerprintAsync());
    }
}
