using System.Diagnostics;
using ChatApp.Api.Moderation.Policies;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Moderation.Judging;

/// <summary>Has texts judged by the detectors that a policy wants, and decides by it.</summary>
internal sealed partial class TextJudge(
    IEnumerable<IContentDetector> detectors, IOptions<ModerationOptions> options, TimeProvider time, ILogger<TextJudge> logger)
{
    private readonly IContentDetector[] _detectors = [.. detectors];

    /// <summary>The detectors that a policy wants of this kind.</summary>
    public IReadOnlyList<IContentDetector> Of(EffectivePolicy policy, DetectorKind kind) =>
        [.. _detectors.Where(d => (kind == DetectorKind.All || d.IsImmediate == (kind == DetectorKind.Immediate)) && policy.Runs(d))];

    /// <summary>Judges a whole text. The detectors are asked all at once.</summary>
    public async ValueTask<Judgement> JudgeAsync(ModeratedText text, EffectivePolicy policy, DetectorKind kind, CancellationToken cancellationToken)
    {
        var asked = Of(policy, kind);
        if (asked is [])
        {
            return Judgement.Clean(text.Text);
        }

        var found = await Task.WhenAll(asked.Select(d => DetectAsync(d, text, policy, cancellationToken).AsTask()));
        var findings = found.SelectMany(static f => f).Where(static f => f.Action != ModerationAction.Allow).ToList();
        if (findings.Count == 0)
        {
            return Judgement.Clean(text.Text);
        }

        var covered = text.Text;
        if (findings.Max(static f => f.Action) == ModerationAction.Redact)
        {
            // Where nothing can be told from the rest, covering it would leave nothing of it.
            findings = [.. findings.Select(f => f.Action == ModerationAction.Redact && Covers(f, text.Text) ? Blocked(f) : f)];
            covered = Redaction.Apply(text.Text, findings.Where(static f => f.Action == ModerationAction.Redact).Select(static f => (f.Detection.Start, f.End)));
        }

        return new Judgement(Strictest(findings), covered);
    }

    /// <summary>Asks one detector; one that has no answer in time is a finding too.</summary>
    public async ValueTask<IReadOnlyList<Finding>> DetectAsync(
        IContentDetector detector, ModeratedText text, EffectivePolicy policy, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var limit = detector.IsImmediate ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit?.CancelAfter(options.Value.DetectorTimeout);
        try
        {
            var asking = detector.DetectAsync(text, limit?.Token ?? cancellationToken);
            var detections = asking.IsCompletedSuccessfully || limit is null ? await asking : await asking.AsTask().WaitAsync(limit.Token);
            if (detections.Count == 0)
            {
                return [];
            }

            var took = time.GetElapsedTime(begun).TotalMilliseconds;
            return [.. detections.Where(static d => d.Level != ModerationLevel.None).Select(d => new Finding(d, policy.Of(d.Category, d.Level), took))];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is ModerationUnavailableException or OperationCanceledException)
        {
            LogAway(detector.Name, exception.Message);
            Activity.Current?.AddEvent(new ActivityEvent("detector away"));
            var away = new Detection(default, ModerationLevel.None, 0, text.Text.Length, detector.Name, Finding.Unavailable);
            return [new Finding(away, policy.OfUnavailable, time.GetElapsedTime(begun).TotalMilliseconds) { IsUnavailable = true }];
        }
    }

    /// <summary>The strictest finding of each category and detector, the strictest of all first.</summary>
    public static List<Finding> Strictest(IEnumerable<Finding> findings) =>
    [
        .. findings.GroupBy(static f => (f.Category, f.Detection.Detector))
            .Select(static g => g.Aggregate(static (a, b) => Finding.Compare(a, b) >= 0 ? a : b))
            .OrderDescending(Comparer<Finding>.Create(Finding.Compare)),
    ];

    private static bool Covers(Finding finding, string text) => finding.Detection.Start <= 0 && finding.End >= text.Length;

    private static Finding Blocked(Finding finding) => finding with { Rule = finding.Rule with { Action = ModerationAction.Block } };

    [LoggerMessage(LogLevel.Warning, "The detector {Detector} had no answer: {Reason}")]
    private partial void LogAway(string detector, string reason);
}
