using System.Text;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Policies;

namespace ChatApp.Api.Moderation.Answers;

/// <summary>
/// Judges a text while it comes, by the detectors that answer at once. What may still become part of something that a policy is about is
/// held back, at most the window; what leaves has been judged together with what came before and after it. Each piece costs one look at
/// the held text and a bounded context, however long the text is.
/// </summary>
internal sealed class StreamScan
{
    // What rules may need to tell what a word means, beyond what is held back.
    private const int Context = 200;

    private readonly IReadOnlyList<IContentDetector> _detectors;
    private readonly TextJudge _judge;
    private readonly EffectivePolicy _policy;
    private readonly ModeratedText _about;
    private readonly int _window;
    private readonly StringBuilder _text = new();
    private readonly HashSet<(ModerationCategory? Category, ModerationAction Action, string Detector)> _told = [];
    private int _released;

    /// <param name="judge">Asks the detectors.</param>
    /// <param name="policy">Decides.</param>
    /// <param name="about">Whose answer it is.</param>
    /// <param name="before">What has left already, whose end is context.</param>
    /// <param name="window">How many characters are held back at most.</param>
    public StreamScan(TextJudge judge, EffectivePolicy policy, ModeratedText about, string before, int window)
    {
        (_judge, _policy, _about, _window) = (judge, policy, about, window);
        _detectors = judge.Of(policy, DetectorKind.Immediate);
        _text.Append(before, Math.Max(0, before.Length - (2 * Context)), Math.Min(before.Length, 2 * Context));
        _released = _text.Length;
        Trim();
    }

    /// <summary>What has come and not left yet, as it came.</summary>
    public string Held => _text.ToString(_released, _text.Length - _released);

    /// <summary>Takes a piece.</summary>
    /// <param name="piece">The piece; none at all at the end.</param>
    /// <param name="isLast">Whether nothing comes after it, so that nothing is held back any more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<StreamVerdict> TakeAsync(string piece, bool isLast, CancellationToken cancellationToken)
    {
        if (_detectors is [])
        {
            return new StreamVerdict(piece);
        }

        _text.Append(piece);
        var text = _text.ToString();
        if (_released == text.Length)
        {
            return StreamVerdict.Nothing;
        }

        var findings = await FindAsync(text, cancellationToken);
        return Decide(text, findings, isLast, cancellationToken);
    }

    private async ValueTask<List<Finding>> FindAsync(string text, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        var about = _about with { Text = text };
        foreach (var detector in _detectors)
        {
            foreach (var finding in await _judge.DetectAsync(detector, about, _policy, cancellationToken))
            {
                // What ends in what has left was judged then.
                if (finding.Action != ModerationAction.Allow && finding.End > _released)
                {
                    findings.Add(finding);
                }
            }
        }

        return findings;
    }

    private StreamVerdict Decide(string text, List<Finding> findings, bool isLast, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var safe = isLast ? text.Length : text.Length - Undecided(text);
        // What touches the end may be the beginning of a harmless word, or of something worse.
        var open = isLast ? [] : findings.Where(f => f.End >= text.Length).ToList();
        foreach (var finding in open.Where(static f => f.Action > ModerationAction.Flag))
        {
            safe = Math.Min(safe, Math.Max(_released, finding.Detection.Start));
        }

        var isForced = text.Length - safe > _window;
        if (isForced)
        {
            safe = text.Length - _window;
            // What would leave in part is judged as it stands.
            open.RemoveAll(f => f.Detection.Start < safe);
        }

        var decided = findings.Except(open).ToList();
        if (decided.Where(static f => f.Action == ModerationAction.Block).ToList() is { Count: > 0 } blocking)
        {
            return new StreamVerdict("") { Blocked = blocking.Aggregate(static (a, b) => Finding.Compare(a, b) >= 0 ? a : b), Excerpted = text };
        }

        var covered = Redaction.Merge(text, decided.Where(static f => f.Action == ModerationAction.Redact).Select(static f => (f.Detection.Start, f.End)));
        foreach (var (start, end) in covered)
        {
            if (start < safe && safe < end)
            {
                safe = isForced ? end : Math.Max(start, _released);
            }
        }

        safe = Math.Max(safe - (Redaction.IsInsidePair(text, safe) ? 1 : 0), _released);
        var leaving = Leaving(text, covered, safe);
        var told = Tell(text, decided.Where(f => f.Action == ModerationAction.Flag || (f.Action == ModerationAction.Redact && f.Detection.Start < safe)));
        _released = safe;
        Trim();
        return new StreamVerdict(leaving) { Decisions = told };
    }

    private int Undecided(string text)
    {
        var undecided = 0;
        foreach (var detector in _detectors)
        {
            undecided = Math.Max(undecided, detector is IStreamDetector stream ? stream.Undecided(_about with { Text = text }) : AfterSentence(text));
        }

        return Math.Clamp(undecided, 0, text.Length - _released);
    }

    // Of a detector that cannot tell: all since the last sentence's end.
    private int AfterSentence(string text)
    {
        for (var i = text.Length - 1; i > _released; i--)
        {
            if (char.IsWhiteSpace(text[i]) && text[i - 1] is '.' or '!' or '?' or '\n' or '。' or '！' or '？')
            {
                return text.Length - i;
            }
        }

        return text.Length - _released;
    }

    private string Leaving(string text, List<(int Start, int End)> covered, int safe)
    {
        if (covered.Count == 0)
        {
            return text[_released..safe];
        }

        var released = _released;
        return Redaction.Apply(
            text[released..safe], covered.Where(c => c.End > released && c.Start < safe).Select(c => (c.Start - released, c.End - released)));
    }

    private List<ModerationDecisionDraft> Tell(string text, IEnumerable<Finding> findings)
    {
        List<ModerationDecisionDraft> told = [];
        foreach (var finding in findings)
        {
            if (_told.Add((finding.Category, finding.Action, finding.Detection.Detector)))
            {
                told.Add(new ModerationDecisionDraft(finding, text));
            }
        }

        return told;
    }

    // Cut between words, so that the end of one is not taken for another.
    private void Trim()
    {
        if (_released <= 2 * Context)
        {
            return;
        }

        var cut = _released - Context;
        while (cut > _released - (2 * Context) && !char.IsWhiteSpace(_text[cut - 1]))
        {
            cut--;
        }

        _text.Remove(0, cut);
        _released -= cut;
    }
}
