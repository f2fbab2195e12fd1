using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Going on with an answer that was cut off, all the way to an engine that goes on from a text.</summary>
[Trait("Category", "Integration")]
public sealed class ContinuedAnswerTests(StackFixture stack) : IAsyncLifetime
{
    private const string SoFar = "Once upon 😀";

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _user = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ("Models:Prefills", "true"));
        _user = await _host.SignUpAsync();
        _conversation = await _user.StartConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Continue_StoppedAnswer_GoesOnRightAfterIt()
    {
        var turn = await ContinueAsync(await StoppedAsync());
        using var live = await _user.FollowAsync(turn);
        var call = await _engine.NextCallAsync();
        Assert.Equal(["user: Tell me", $"assistant: {SoFar}"], call.Prompt.Skip(1));
        call.Say(" a time");
        call.Finish();

        var seen = await live.ReadToEndAsync();

        Assert.Equal(["accepted", "delta", "delta", "usage", "completed"], seen.Select(static e => e.Type));
        Assert.Equal(Enumerable.Range(1, 5).Select(static n => (long)n), seen.Select(static e => e.Seq));
        Assert.Equal(SoFar + " a time", TurnEventSeen.Assemble(seen));
        Assert.Equal(["Tell me", SoFar + " a time"], await _user.TextsAsync(_conversation));
        var before = "";
        foreach (var had in seen.SkipLast(1))
        {
            before = TurnEventSeen.Assemble([had], before);
            Assert.Equal(SoFar + " a time", TurnEventSeen.Assemble(await _user.EventsAsync(turn, had.Id), before));
        }
    }

    [Fact]
    public async Task Cancel_ContinuationAtAnyMoment_KeepsTheTextSoFar()
    {
        var answer = await StoppedAsync();
        for (var round = 0; round < 25; round++)
        {
            var turn = await ContinueAsync(answer);
            await Task.Delay(round % 5, TestContext.Current.CancellationToken);
            await _user.CancelAsync(turn);

            Assert.Equal(SoFar, TurnEventSeen.Assemble(await _user.EventsAsync(turn)));
            var shown = (await _user.MessagesAsync(_conversation))[1];
            Assert.Equal((round, SoFar, "stopped"), (round, (string)shown["text"]!, (string)shown["status"]!));
            answer = (Guid)shown["id"]!;
        }
    }

    private async Task<Guid> StoppedAsync()
    {
        var turn = await _user.PostTurnAsync(_conversation, "Tell me").JsonAsync(HttpStatusCode.Accepted);
        var call = await _engine.NextCallAsync();
        using (var reader = await _user.FollowAsync((Guid)turn["id"]!))
        {
            call.Say(SoFar);
            await reader.ReadUntilAsync(static e => e.Type == "delta");
        }

        await _user.CancelAsync((Guid)turn["id"]!);
        await _user.EventsAsync((Guid)turn["id"]!);
        return (Guid)turn["assistantMessageId"]!;
    }

    private async Task<Guid> ContinueAsync(Guid answer) =>
        (Guid)(await _user.ContinueAsync(_conversation, answer).JsonAsync(HttpStatusCode.Accepted))["id"]!;
}
