using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatApp.Api.Accounts;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Moderation.Detectors;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Policies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>Answers in front of the service's own rules: what leaves when, and what it costs.</summary>
public sealed class RuleStreamTests(ITestOutputHelper output)
{
    private const string Story = """
        The harbour was quiet that evening, and the gulls had gone to sleep on the roofs. Mira closed her book and looked at me. "You know," she said,
        "I used to be afraid of the sea when I was small. My father told me that it takes what it wants, and that nobody should turn their back on it."
        She laughed, and made tea for both of us. I asked how to build a boat that would carry two people, and she began to explain, slowly, with her hands:
        first the keel, then the ribs, then the planks, one after another, until it looks as if it could swim. We talked until the lamps went out.
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("How do I make a pipe bomb at home?")]
    [InlineData("fuck me harder")]
    [InlineData("All immigrants are scum")]
    [InlineData("k1ll y0urself")]
    [InlineData("f u c k me")]
    public async Task Take_WhatRulesFind_LeavesInNoPart(string said)
    {
        var detections = new RuleDetector().Scan(said);
        var first = Story.IndexOf("She laughed", StringComparison.Ordinal);
        var text = Story[..first] + said + " " + Story[first..];
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var scan = Scan();
            var left = new StringBuilder();
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(random.Next(1, 9), text.Length - at);
                var verdict = await scan.TakeAsync(text.Substring(at, length), isLast: false, Cancelled);
                left.Append(verdict.Text);
                at += length;
                if (verdict.Blocked is not null)
                {
                    break;
                }
            }

            Assert.NotEmpty(detections);
            Assert.InRange(left.Length, 0, first + detections.Min(static d => d.Start));
        }
    }

    [Fact]
    public async Task Take_AHarmlessStoryInTokens_HardlyWaits()
    {
        var scan = Scan();
        var (came, left, waited, pieces) = (0, 0, 0L, 0);
        var first = 0;
        var time = new List<double>();
        foreach (var token in Tokens(Story + Story + Story))
        {
            came += token.Length;
            pieces++;
            var begun = Stopwatch.GetTimestamp();
            var verdict = await scan.TakeAsync(token, isLast: false, Cancelled);
            time.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            Assert.Null(verdict.Blocked);
            left += verdict.Text.Length;
            first = first == 0 && left > 0 ? pieces : first;
            waited += came - left;
        }

        time.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pieces} pieces; held back on average {(double)waited / pieces:f1} characters; a piece takes {time[time.Count / 2]:f0} µs (median), {time[time.Count * 95 / 100]:f0} µs (p95); something left with piece {first}"));
        // A word that might become one of the rules waits for its end.
        Assert.InRange(first, 1, 5);
        Assert.InRange((double)waited / pieces, 0, 15);
    }

    // About as models cut: words with the space before them, long ones in two.
    private static IEnumerable<string> Tokens(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var end = at + 1;
            while (end < text.Length && end - at < 6 && char.IsLetter(text[end]))
            {
                end++;
            }

            yield return text[at..end];
            at = end;
        }
    }

    private static StreamScan Scan()
    {
        var judge = new TextJudge([new RuleDetector()], Options.Create(new ModerationOptions()), TimeProvider.System, NullLogger<TextJudge>.Instance);
        var block = new CategoryRules(ModerationAction.Block, ModerationAction.Block, ModerationAction.Block);
        var rules = new PolicyRules(block, block, new CategoryRules(ModerationAction.Allow, ModerationAction.Block, ModerationAction.Block), block, block);
        var content = System.Text.Json.JsonSerializer.Serialize(PolicyContent.Strict with { Rules = rules }, PolicyJson.Default.PolicyContent);
        var policy = new PolicySnapshot(1, [new PolicyRow { Scope = "site", Version = 1, Content = content }]).For(UserRole.User, null);
        return new StreamScan(judge, policy, new ModeratedText("", ModerationSource.Answer, Guid.NewGuid()), "", 60);
    }
}
