using System.Text;
using ChatApp.Api.Accounts;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Policies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>What leaves of a text that is judged while it comes, however it is cut into pieces.</summary>
public sealed class StreamScanTests
{
    private const string Blocked = "one very bad thing";
    private const string Covered = "a secret 😀 word";
    private const int Window = 60;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Take_SpanToBeBlockedAtARandomPlace_NeverLeavesInPart(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var (before, after) = (Prose(random, random.Next(900)), Prose(random, random.Next(200)));
            var left = new StringBuilder();
            var scan = Scan(Detector(), "");
            StreamVerdict? verdict = null;
            foreach (var piece in Cut(random, before + Blocked + after))
            {
                verdict = await scan.TakeAsync(piece, isLast: false, Cancelled);
                left.Append(verdict.Text);
                if (verdict.Blocked is not null)
                {
                    break;
                }
            }

            verdict = verdict is { Blocked: null } ? await scan.TakeAsync("", isLast: true, Cancelled) : verdict;

            Assert.Equal(ModerationAction.Block, verdict!.Blocked?.Action);
            Assert.StartsWith(left.ToString(), before, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Take_SpansToBeCovered_LeaveCoveredAndAllElseIsThereInOrder(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            string[] parts = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Prose(random, random.Next(120)) + " ")];
            var left = new StringBuilder();
            var detector = Detector();
            var scan = Scan(detector, "");
            foreach (var piece in Cut(random, string.Join(Covered, parts)))
            {
                left.Append((await scan.TakeAsync(piece, isLast: false, Cancelled)).Text);
                Assert.True(scan.Held.Length <= Window, scan.Held);
            }

            left.Append((await scan.TakeAsync("", isLast: true, Cancelled)).Text);

            Assert.Equal(string.Join(Redaction.Cover, parts), left.ToString());
        }
    }

    [Fact]
    public async Task Take_ManyPieces_LooksAtABoundedText()
    {
        var detector = Detector();
        var scan = Scan(detector, new string('x', 50_000));
        for (var i = 0; i < 2000; i++)
        {
            await scan.TakeAsync("word ", isLast: false, Cancelled);
        }

        Assert.InRange(detector.Longest, 1, 4000);
    }

    [Fact]
    public async Task Take_SpanThatBeganInWhatAnEarlierAttemptWrote_IsSeen()
    {
        var scan = Scan(Detector(), "Before it there is one very ");

        Assert.NotNull((await scan.TakeAsync("bad thing.", isLast: false, Cancelled)).Blocked);
    }

    [Fact]
    public async Task Take_WordsThatBeginNoSpan_LeaveAtOnce()
    {
        var scan = Scan(Detector(), "");

        Assert.Equal("Hel", (await scan.TakeAsync("Hel", isLast: false, Cancelled)).Text);
        Assert.Equal("lo th", (await scan.TakeAsync("lo th", isLast: false, Cancelled)).Text);
        Assert.Equal("ere ", (await scan.TakeAsync("ere on", isLast: false, Cancelled)).Text);
        Assert.Equal("only", (await scan.TakeAsync("ly", isLast: false, Cancelled)).Text);
    }

    [Fact]
    public async Task Take_DetectorThatCannotTell_WaitsForTheSentenceOrTheWindow()
    {
        var scan = Scan(new PlainDetector(Detector()), "");

        Assert.Equal("", (await scan.TakeAsync("Hello there", isLast: false, Cancelled)).Text);
        Assert.Equal("Hello there.", (await scan.TakeAsync(". And", isLast: false, Cancelled)).Text);
        Assert.Equal(" And", (await scan.TakeAsync(new string('x', Window), isLast: false, Cancelled)).Text);
    }

    [Fact]
    public async Task Take_NoDetectors_PassesEverything()
    {
        var scan = Scan(null, "");

        Assert.Equal(Blocked, (await scan.TakeAsync(Blocked, isLast: false, Cancelled)).Text);
    }

    private static WordDetector Detector() => new(
        true,
        (Blocked, ModerationCategory.Sexual, ModerationLevel.High),
        (Covered, ModerationCategory.Violence, ModerationLevel.High),
        ("flagged", ModerationCategory.Hate, ModerationLevel.Medium));

    private static StreamScan Scan(IContentDetector? detector, string before)
    {
        var options = Options.Create(new ModerationOptions());
        var judge = new TextJudge(detector is null ? [] : [detector], options, TimeProvider.System, NullLogger<TextJudge>.Instance);
        var rules = PolicyContent.Strict.Rules with { Violence = new CategoryRules(ModerationAction.Allow, ModerationAction.Allow, ModerationAction.Redact) };
        var content = System.Text.Json.JsonSerializer.Serialize(PolicyContent.Strict with { Rules = rules }, PolicyJson.Default.PolicyContent);
        var policy = new PolicySnapshot(1, [new PolicyRow { Scope = "site", Version = 1, Content = content }]).For(UserRole.User, null);
        return new StreamScan(judge, policy, new ModeratedText("", ModerationSource.Answer, Guid.NewGuid()), before, Window);
    }

    // Made of the words of the spans, so that much of it looks like the beginning of one.
    private static string Prose(Random random, int length)
    {
        string[] words = ["one", "very", "bad", "a", "secret", "flagged", "word", "😀", "thin", "else.", "Then", "one very", "a secret 😀"];
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(words[random.Next(words.Length)]).Append(random.Next(8) == 0 ? "\n" : " ");
        }

        return text.Replace(Blocked, "x").Replace(Covered, "y").ToString();
    }

    private static IEnumerable<string> Cut(Random random, string text)
    {
        var longest = random.Next(1, 40);
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, longest + 1), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private sealed class PlainDetector(WordDetector inner) : IContentDetector
    {
        public string Name => inner.Name;

        public bool IsImmediate => true;

        public ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken) => inner.DetectAsync(text, cancellationToken);
    }
}
