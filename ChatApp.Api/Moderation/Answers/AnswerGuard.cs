using System.Text;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Turns.Stages;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Moderation.Answers;

/// <summary>
/// Stands between a model and what is written of its answer. The detectors that answer at once judge every piece before it leaves; the
/// others are asked every so many characters and at the end, while what they have not judged is shown, or waits, as the policy says.
/// </summary>
internal sealed class AnswerGuard : IAsyncDisposable
{
    private static readonly TimeSpan KeepingPatience = TimeSpan.FromSeconds(1);

    private readonly TurnContext _context;
    private readonly TurnModeration _moderation;
    private readonly TextJudge _judge;
    private readonly ModerationLog _log;
    private readonly ModerationNotices _notices;
    private readonly ModerationOptions _options;
    private readonly StreamScan _scan;
    private readonly ModeratedText _about;
    private readonly IReadOnlyList<IContentDetector> _slow;
    private readonly bool _holds;
    private readonly CancellationTokenSource _interrupted = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();

    // All that was judged by the immediate detectors, with what earlier attempts wrote; what of it left, and how far the slow ones are.
    private readonly StringBuilder _passed = new();
    private readonly HashSet<(ModerationCategory?, string)> _flagged = [];
    private readonly int _given;
    private int _left;
    private int _judged;
    private Task? _judging;
    private TurnBlock? _block;

    public AnswerGuard(TurnContext context, TurnModeration moderation, TextJudge judge, ModerationLog log, ModerationNotices notices, IOptions<ModerationOptions> options)
    {
        (_context, _moderation, _judge, _log, _notices, _options) = (context, moderation, judge, log, notices, options.Value);
        var before = context.Answer.State.Text;
        _about = new ModeratedText("", ModerationSource.Answer, moderation.UserId)
        {
            Before = moderation.Said,
            ConversationId = context.Turn.ConversationId,
            // What the model was shown of it may be in what it answers.
            StaysInside = context.Plan?.Source.Persona.StaysInside == true && context.Recall.Memories.Count > 0,
            TurnId = context.Turn.Id,
        };
        _scan = new StreamScan(judge, moderation.Policy, _about, before, _options.HoldBack);
        _slow = judge.Of(moderation.Policy, DetectorKind.Slow);
        _holds = moderation.Policy.HoldsAnswers && _slow is not [];
        // What the answer continues was judged when it was written. What an earlier attempt at this one wrote may not have been.
        (_given, _judged, _left) = (context.Answer.GivenLength, context.Answer.GivenLength, before.Length);
        _passed.Append(before);
    }

    /// <summary>Ends when the answer is blocked while nobody writes.</summary>
    public CancellationToken Interrupted => _interrupted.Token;

    /// <summary>Why the answer is blocked; null while it is not.</summary>
    public TurnBlock? Block
    {
        get
        {
            lock (_gate)
            {
                return _block;
            }
        }
    }

    /// <summary>Takes a piece of the answer.</summary>
    /// <exception cref="TurnBlockedException">Nothing of it may stay.</exception>
    public async ValueTask WriteAsync(string piece, CancellationToken cancellationToken)
    {
        await TakeAsync(piece, isLast: false, cancellationToken);
        lock (_gate)
        {
            if (_slow is not [] && _judging is null or { IsCompleted: true } && _passed.Length - _judged >= _options.SlowEvery)
            {
                _judging = JudgeAsync(_passed.Length, _passed.ToString(), _disposed.Token);
            }
        }
    }

    /// <summary>Says that the answer is whole: what was held back leaves, once it is judged.</summary>
    /// <exception cref="TurnBlockedException">Nothing of it may stay.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await TakeAsync("", isLast: true, cancellationToken);
        if (_judging is { } earlier)
        {
            await earlier.WaitAsync(cancellationToken);
        }

        ThrowIfBlocked();
        if (_slow is not [] && _passed.Length > _judged)
        {
            await JudgeAsync(_passed.Length, _passed.ToString(), _disposed.Token).WaitAsync(cancellationToken);
            ThrowIfBlocked();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        if (_judging is { } judging)
        {
            await judging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _disposed.Dispose();
        _interrupted.Dispose();
    }

    private async ValueTask TakeAsync(string piece, bool isLast, CancellationToken cancellationToken)
    {
        ThrowIfBlocked();
        var verdict = await _scan.TakeAsync(piece, isLast, cancellationToken);
        if (verdict.Blocked is { } finding)
        {
            BlockBy(finding, verdict.Excerpted, Passed() + _scan.Held);
            ThrowIfBlocked();
        }

        foreach (var draft in verdict.Decisions)
        {
            await KeepAsync(Of(draft.Finding, draft.Text), cancellationToken);
        }

        if (verdict.Text.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _passed.Append(verdict.Text);
            Release(_holds ? _judged : _passed.Length);
        }

        ThrowIfBlocked();
    }

    /// <summary>Has the slow detectors judge the newest part of what has passed.</summary>
    private async Task JudgeAsync(int length, string text, CancellationToken cancellationToken)
    {
        var from = Math.Max(_given, length - _options.SlowWindow);
        from -= Redaction.IsInsidePair(text, from) ? 1 : 0;
        var about = _about with { Text = text[from..length] };
        var found = await Task.WhenAll(_slow.Select(d => _judge.DetectAsync(d, about, _moderation.Policy, cancellationToken).AsTask()));
        var findings = TextJudge.Strictest(found.SelectMany(static f => f).Where(static f => f.Action != ModerationAction.Allow));
        // What has been shown cannot be covered any more, and these detectors seldom say where it is.
        if (findings.Find(static f => f.Action >= ModerationAction.Redact) is { } blocking)
        {
            BlockBy(blocking with { Rule = blocking.Rule with { Action = ModerationAction.Block } }, about.Text, Passed());
            await _interrupted.CancelAsync();
            return;
        }

        foreach (var finding in findings.Where(f => _flagged.Add((f.Category, f.Detection.Detector))))
        {
            await KeepAsync(Of(finding, about.Text), cancellationToken);
        }

        lock (_gate)
        {
            _judged = length;
            Release(_holds ? _judged : _left);
        }
    }

    // Only inside the lock, so that what leaves leaves in order, and nothing after a block.
    private void Release(int until)
    {
        if (until > _left && _block is null)
        {
            _context.Answer.Write(_passed.ToString(_left, until - _left));
            _left = until;
        }
    }

    private string Passed()
    {
        lock (_gate)
        {
            return _passed.ToString();
        }
    }

    private void BlockBy(Finding finding, string excerpted, string original)
    {
        var decision = Of(finding, excerpted) with { Original = ModerationDecision.Storable(original) };
        lock (_gate)
        {
            _block ??= new TurnBlock(ModerationSource.Answer, finding.Category, _notices.Blocked(ModerationSource.Answer, finding), decision);
        }
    }

    private void ThrowIfBlocked()
    {
        if (Block is { } block)
        {
            throw new TurnBlockedException(block);
        }
    }

    private ModerationDecision Of(Finding finding, string text) => ModerationDecision.Of(finding, text, ModerationSource.Answer, _moderation.UserId) with
    {
        CharacterId = _moderation.CharacterId,
        ConversationId = _context.Turn.ConversationId,
        MessageId = _context.Turn.AssistantMessageId,
        TurnId = _context.Turn.Id,
    };

    // Before what was covered leaves: afterwards nobody could tell what it was. An answer does not wait for a database that is away.
    private async Task KeepAsync(ModerationDecision decision, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(KeepingPatience);
        try
        {
            await _log.AddAsync([decision], patience.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                _moderation.Unkept.Add(decision);
            }
        }
    }
}
