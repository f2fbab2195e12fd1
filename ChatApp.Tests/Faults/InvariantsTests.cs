using ChatApp.EngineSimulator;
using ChatApp.Faults.Judging;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>The judge of the fault tests, on histories that are made up: it must find what is wrong with them.</summary>
public sealed class InvariantsTests
{
    private const string Question = "[id=judge tokens=30]";

    private static readonly SimulatorReport Idle = new(0, 1, 1, 0, 0, 1);
    private static readonly string Answer = SimulatedAnswer.For(Question).Text;

    private readonly History _history = new();
    private readonly TurnHistory _turn;
    private readonly StoredTurn _stored;

    public InvariantsTests()
    {
        _turn = _history.Accepted(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Question, "key");
        _history.Add(new PostHistory(default, default, _turn.Conversation, "key", 202, _turn.Id, false));
        _stored = new StoredTurn
        {
            Id = _turn.Id,
            User = _turn.User,
            Conversation = _turn.Conversation,
            Key = "key",
            Status = "completed",
            MessageStatus = "complete",
            Text = Answer,
            Attempt = 1,
            OutputTokens = 30,
        };
    }

    [Fact]
    public void Judge_EverythingAsPromised_FindsNothing()
    {
        Read(Good());

        Assert.Empty(Judge(_stored));
    }

    [Fact]
    public void Judge_RestartedAndToldAgain_FindsNothing()
    {
        Read([Event(1, 0, "accepted"), Delta(2, 0, 10), Event(3, 0, "restarted"), Delta(4, 0, Answer.Length), Event(5, Answer.Length, "usage"), Event(6, Answer.Length, "completed")]);

        Assert.Empty(Judge(_stored));
    }

    [Fact]
    public void Judge_ToldWhatWasRecalled_FindsNothing()
    {
        Read([Event(1, 0, "accepted"), Event(2, 0, "recalled"), Delta(3, 0, Answer.Length), Event(4, Answer.Length, "usage"), Event(5, Answer.Length, "completed")]);

        Assert.Empty(Judge(_stored));
    }

    [Fact]
    public void Judge_ToldTwiceWhatWasRecalled_IsARepetition()
    {
        Read([Event(1, 0, "accepted"), Event(2, 0, "recalled"), Event(3, 0, "recalled"), Delta(4, 0, Answer.Length), Event(5, Answer.Length, "usage"), Event(6, Answer.Length, "completed")]);

        AssertFinds(_stored, "I3");
    }

    [Fact]
    public void Judge_AcceptedTurnIsNotStored_IsLost() =>
        Assert.Equal("I1", Assert.Single(Invariants.Judge(_history, new Dictionary<Guid, StoredTurn>(), Idle)).Invariant);

    [Fact]
    public void Judge_StillRunning_IsNoEndAndLeftOver() => AssertFinds(
        _stored with { Status = "running", Text = "", MessageStatus = "streaming", Worker = "w", LeaseUntil = DateTime.UtcNow }, "I1", "I6");

    [Fact]
    public void Judge_StoredTextLacksACharacter_IsNotTheEngines() => AssertFinds(_stored with { Text = Answer[..^1] }, "I2");

    [Fact]
    public void Judge_CancelledWithSomethingElse_IsNotTheBeginning() =>
        AssertFinds(_stored with { Status = "cancelled", MessageStatus = "stopped", Text = "x" + Answer[..10] }, "I2");

    [Fact]
    public void Judge_ReaderHeardTwoEnds_IsOneTooMany()
    {
        Read([.. Good(), Event(6, Answer.Length, "completed")]);

        AssertFinds(_stored, "I1");
    }

    [Fact]
    public void Judge_ReaderHeardAnotherEnd_IsNotTheStoredOne()
    {
        Read([.. Good()[..^1], Event(5, Answer.Length, "cancelled")]);

        AssertFinds(_stored, "I1");
    }

    [Fact]
    public void Judge_ReaderNeverHeardAnEnd_IsAViolationUnlessItLeft()
    {
        var reader = Read(Good()[..^1]);

        AssertFinds(_stored, "I1");
        reader.WasLeft = true;
        Assert.Empty(Judge(_stored));
    }

    [Fact]
    public void Judge_EventAfterTheEnd_IsAViolation()
    {
        Read([.. Good(), Event(7, Answer.Length, "usage")]);

        AssertFinds(_stored, "I1", "I4");
    }

    [Fact]
    public void Judge_ReaderMissedText_IsAGapAndAnotherText()
    {
        Read([Event(1, 0, "accepted"), Delta(2, 0, 10), Delta(3, 12, Answer.Length), Event(4, Answer.Length, "usage"), Event(5, Answer.Length, "completed")]);

        AssertFinds(_stored, "I2", "I3");
    }

    [Fact]
    public void Judge_ReaderGotTextTwice_IsARepetition()
    {
        Read([Event(1, 0, "accepted"), Delta(2, 0, 10), Delta(3, 8, Answer.Length), Event(4, Answer.Length, "usage"), Event(5, Answer.Length, "completed")]);

        AssertFinds(_stored, "I2", "I3");
    }

    [Fact]
    public void Judge_SameNumberTwice_IsNotRising()
    {
        Read([Event(1, 0, "accepted"), Delta(2, 0, 10), Delta(2, 10, Answer.Length), Event(4, Answer.Length, "usage"), Event(5, Answer.Length, "completed")]);

        AssertFinds(_stored, "I3");
    }

    [Fact]
    public void Judge_UsageTwiceOrNever_IsNotOnce()
    {
        Read([.. Good()[..^1], Event(5, Answer.Length, "usage"), Event(6, Answer.Length, "completed")]);

        AssertFinds(_stored, "I4");
        AssertFinds(_stored with { OutputTokens = null }, "I4");
    }

    [Fact]
    public void Judge_TurnOfAnotherPerson_IsNotTheirs() => AssertFinds(_stored with { User = Guid.NewGuid() }, "I5");

    [Fact]
    public void Judge_OneKeyTwoTurns_IsDuplicated()
    {
        var twin = _stored with { Id = Guid.NewGuid() };
        _history.Add(new PostHistory(default, default, _turn.Conversation, "key", 202, twin.Id, false));

        var found = Invariants.Judge(_history, new Dictionary<Guid, StoredTurn> { [_turn.Id] = _stored, [twin.Id] = twin }, Idle);

        Assert.Contains(found, static v => v.What.Contains("one key made several turns", StringComparison.Ordinal));
        Assert.Contains(found, static v => v.What.Contains("stored for one key", StringComparison.Ordinal));
    }

    [Fact]
    public void Judge_StoredThoughNobodyWasTold_IsOneTooMany()
    {
        var stranger = _stored with { Id = Guid.NewGuid(), Key = "another" };
        var stored = new Dictionary<Guid, StoredTurn> { [_turn.Id] = _stored, [stranger.Id] = stranger };

        Assert.Equal("I1", Assert.Single(Invariants.Judge(_history, stored, Idle)).Invariant);

        // A post that broke off may have been accepted.
        _history.Add(new PostHistory(default, default, _turn.Conversation, "another", null, null, false));
        Assert.Empty(Invariants.Judge(_history, stored, Idle));
    }

    [Fact]
    public void Judge_EngineStillWrites_IsAnOrphan() =>
        Assert.Equal("I6", Assert.Single(Invariants.Judge(_history, All(_stored), Idle with { Active = 1 })).Invariant);

    [Fact]
    public void Judge_EngineWasGivenAnotherBeginning_IsNotTheEngines() =>
        Assert.Equal("I2", Assert.Single(Invariants.Judge(_history, All(_stored), Idle with { BadPrefixes = 1 })).Invariant);

    private static Dictionary<Guid, StoredTurn> All(StoredTurn stored) => new() { [stored.Id] = stored };

    private static SeenEvent Event(long seq, int offset, string type) => new(default, seq, offset, type, "");

    private static SeenEvent Delta(long seq, int from, int to) => new(default, seq, to, "delta", Answer[from..to]);

    private static SeenEvent[] Good() =>
    [
        Event(1, 0, "accepted"), Delta(2, 0, 10), Delta(3, 10, Answer.Length), Event(4, Answer.Length, "usage"), Event(5, Answer.Length, "completed"),
    ];

    private ReaderHistory Read(SeenEvent[] events)
    {
        var reader = _turn.AddReader();
        foreach (var seen in events)
        {
            reader.Take(seen);
        }

        return reader;
    }

    private IReadOnlyList<Violation> Judge(StoredTurn stored) => Invariants.Judge(_history, All(stored), Idle);

    private void AssertFinds(StoredTurn stored, params string[] invariants) =>
        Assert.Equal(invariants, Judge(stored).Select(static v => v.Invariant).Distinct().Order());
}
