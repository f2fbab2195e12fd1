using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Running;
using ChatApp.Tests.Prompting;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>A worker that goes away around the moment at which readers are told what was recalled.</summary>
[Trait("Category", "Integration")]
public sealed class RecalledAnswerTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly TurnRecall Recall = PromptWorkshop.Recalled([PromptWorkshop.Remembered("My dog is called Brimwick.")]);

    private TurnTable _table = null!;
    private ConnectionMultiplexer _redis = null!;
    private TurnEventLog _log = null!;
    private TurnQueue _queue = null!;
    private Guid _turn;
    private Guid _user;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _table = await TurnTable.CreateAsync(stack);
        _redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        _log = new TurnEventLog(_redis, TimeProvider.System, NullLogger<TurnEventLog>.Instance);
        _queue = _table.NewQueue();
        _user = await _table.NewUserAsync();
        _turn = (await _table.AcceptAsync(await _table.NewConversationAsync(_user), _user)).Turn!.Id;
    }

    public async ValueTask DisposeAsync()
    {
        _redis.Dispose();
        await _table.DisposeAsync();
    }

    [Fact]
    public async Task Begin_SavedButNotTold_TellsItUnderItsNumber()
    {
        var (first, writer) = await ClaimAsync();
        await writer.BeginAsync(Cancelled);
        Assert.True(await _table.Answers.RecalledAsync(first, Recall, new AnswerState(2, ""), Cancelled));

        var (second, successor) = await ReclaimAsync();
        await successor.BeginAsync(Cancelled);

        Assert.Equal([(2L, "recalled")], await LoggedAsync());
        Assert.Equal(new AnswerState(2, ""), successor.State);
        Assert.Equal((2, 1), (second.Attempt, second.Failures));
    }

    [Fact]
    public async Task Begin_SavedAndTold_NeitherRepeatsNorRenumbers()
    {
        var (_, writer) = await ClaimAsync();
        await writer.BeginAsync(Cancelled);
        await writer.RecalledAsync(Recall, Cancelled);

        var (_, second) = await ReclaimAsync();
        await second.BeginAsync(Cancelled);
        var (_, third) = await ReclaimAsync();
        await third.BeginAsync(Cancelled);

        Assert.Equal([(2L, "recalled")], await LoggedAsync());
        Assert.Equal(new AnswerState(2, ""), third.State);
    }

    [Fact]
    public async Task Begin_ToldAndTextSent_TakesTheTextOver()
    {
        var (_, writer) = await ClaimAsync();
        await writer.BeginAsync(Cancelled);
        await writer.RecalledAsync(Recall, Cancelled);
        await writer.SendAsync(StoredTurnEvents.Delta(3, 0, "Brim"));

        var (_, successor) = await ReclaimAsync();
        await successor.BeginAsync(Cancelled);

        Assert.Equal(new AnswerState(3, "Brim"), successor.State);
        Assert.Equal([(2L, "recalled"), (3L, "delta")], await LoggedAsync());
    }

    [Fact]
    public async Task Begin_LogIsLost_BeginsAnewWithoutTellingItTwice()
    {
        var (_, writer) = await ClaimAsync();
        await writer.BeginAsync(Cancelled);
        await writer.RecalledAsync(Recall, Cancelled);
        await _redis.GetDatabase().KeyDeleteAsync($"chatapp:turn:{{{_turn:N}}}:events");

        var (_, successor) = await ReclaimAsync();
        await successor.BeginAsync(Cancelled);

        Assert.DoesNotContain(await LoggedAsync(), static e => e.Type == "recalled");
        var row = (await _table.Turns.FindAsync(_turn, _user, Cancelled))!;
        var told = StoredTurnEvents.After(EventCursor.Start, row);
        Assert.Equal(["accepted", "recalled"], told.Select(static e => e.Type));
        Assert.True(successor.State.Seq > 1000);
    }

    [Fact]
    public async Task Recalled_ByAnAttemptThatWasReplaced_ChangesNothing()
    {
        var (first, writer) = await ClaimAsync();
        await writer.BeginAsync(Cancelled);
        var (_, successor) = await ReclaimAsync();
        await successor.BeginAsync(Cancelled);
        var before = await RowAsync();

        Assert.False(await _table.Answers.RecalledAsync(first, Recall, new AnswerState(2, "late"), Cancelled));
        await writer.RecalledAsync(Recall, Cancelled);

        Assert.Equal(before, await RowAsync());
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task Recalled_NothingToTell_TakesNoNumber()
    {
        var (_, writer) = await ClaimAsync();
        await writer.BeginAsync(Cancelled);

        await writer.RecalledAsync(TurnRecall.None, Cancelled);

        Assert.Equal(1, writer.State.Seq);
        Assert.Empty(await LoggedAsync());
        Assert.Contains("\"empty\"", await RowAsync(), StringComparison.Ordinal);
    }

    private async Task<(ClaimedTurn Turn, AnswerWriter Writer)> ClaimAsync() => Take(Assert.Single(await _queue.ClaimAsync(10, Cancelled)));

    private async Task<(ClaimedTurn Turn, AnswerWriter Writer)> ReclaimAsync()
    {
        await _table.SqlAsync("UPDATE turns SET lease_until = now() - interval '1 second' WHERE id = @turn", new { turn = _turn });
        return Take(Assert.Single(await _queue.ReclaimAsync(10, 10, Cancelled)));
    }

    private (ClaimedTurn Turn, AnswerWriter Writer) Take(ClaimedTurn turn) => (turn, new AnswerWriter(
        new RunningTurn(turn), _table.Answers, _log, Options.Create(new TurnOptions()), TimeProvider.System, NullLogger<AnswerWriter>.Instance));

    private async Task<List<(long Seq, string Type)>> LoggedAsync() =>
        [.. (await _log.ReadPageAsync(_turn, 1))!.Events.DistinctBy(static e => e.Seq).Where(static e => e.Type != "restarted").Select(static e => (e.Seq, e.Type))];

    private async Task<string> RowAsync() => Assert.Single(await _table.ListAsync(
        $"SELECT concat_ws(' ', t.status, t.attempt, t.event_seq, t.recall_seq, t.recall_offset, t.recall, m.text) FROM turns t JOIN messages m ON m.id = t.assistant_message_id WHERE t.id = '{_turn}'"));
}
