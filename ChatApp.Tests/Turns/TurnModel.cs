using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Running;

namespace ChatApp.Tests.Turns;

/// <summary>A turn as it must be, in a few lines of memory.</summary>
internal sealed class TurnModel(Guid id, int conversation)
{
    public Guid Id => id;

    /// <summary>Which of the person's conversations.</summary>
    public int Conversation => conversation;

    public TurnStatus Status { get; private set; } = TurnStatus.Queued;

    public int Attempt { get; private set; }

    public int Failures { get; private set; }

    public int Losses { get; private set; }

    public long Seq { get; private set; } = 1;

    public string Text { get; private set; } = "";

    public bool IsUnwanted { get; private set; }

    /// <summary>A queued one that was given back to be tried later is not due.</summary>
    public bool IsDue { get; set; } = true;

    /// <summary>When its lease ran out, in steps; null while it has not.</summary>
    public int? ExpiredAt { get; set; }

    /// <summary>What the newest attempt has sent to its readers, saved or not.</summary>
    public AnswerState Sent { get; set; } = new(1, "");

    public bool IsOpen => Status is TurnStatus.Queued or TurnStatus.Running;

    /// <summary>Failures it would have if another took it over now.</summary>
    public int FailuresIfLost => Failures + (Seq > ClaimedSeq ? 0 : 1);

    private long ClaimedSeq { get; set; }

    private string MessageStatus { get; set; } = "pending";

    public bool IsOwnedBy(ClaimedTurn claim) => Status == TurnStatus.Running && claim.Attempt == Attempt;

    public void Claim()
    {
        Status = TurnStatus.Running;
        Attempt++;
        ClaimedSeq = Seq;
        ExpiredAt = null;
    }

    public void Reclaim()
    {
        Failures = FailuresIfLost;
        Losses++;
        Claim();
    }

    public void Checkpoint(AnswerState answer)
    {
        if (answer.Seq >= Seq)
        {
            (Seq, Text, MessageStatus) = (answer.Seq, answer.Text, "streaming");
        }
    }

    public void Restart(AnswerState answer) => (Seq, Text) = (answer.Seq, answer.Text);

    public void GiveBack(AnswerState answer, bool counts, bool isDue)
    {
        (Seq, Text, Status, IsDue, ExpiredAt) = (answer.Seq, answer.Text, TurnStatus.Queued, isDue, null);
        Failures += counts ? 1 : 0;
    }

    public void Finish(AnswerState answer, TurnStatus status)
    {
        (Seq, Text, Status, ExpiredAt) = (answer.Seq, answer.Text, status, null);
        MessageStatus = status switch { TurnStatus.Completed => "complete", TurnStatus.Cancelled => "stopped", _ => "failed" };
    }

    public void Cancel()
    {
        IsUnwanted |= IsOpen;
        if (Status == TurnStatus.Queued)
        {
            Finish(new AnswerState(Seq + 1, Text), TurnStatus.Cancelled);
        }
    }

    public string Row()
    {
        var isRunning = Status == TurnStatus.Running;
        var lease = !isRunning ? "unleased" : ExpiredAt is null ? "leased" : "expired";
        return FormattableString.Invariant(
            $"{Id} {Status.ToString().ToLowerInvariant()} attempt {Attempt} failures {Failures} losses {Losses} seq {Seq} {(isRunning ? "owned" : "free")} {lease} {(IsUnwanted ? "unwanted" : "wanted")} {(IsOpen ? "open" : "closed")} message {MessageStatus} {Text}");
    }
}
