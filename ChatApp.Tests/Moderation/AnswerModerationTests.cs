using System.Net;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>What readers see of answers, whichever way they read.</summary>
[Trait("Category", "Integration")]
public sealed class AnswerModerationTests(ModeratedSite site) : IClassFixture<ModeratedSite>
{
    private const string Lost = "UPDATE turns SET attempt = attempt + 1, lease_until = now() - interval '1 hour', worker = 'gone' WHERE status = 'running'";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Answer_SpanAnywhereInAnyPieces_NoReaderEverSeesAnyOfIt(int seed)
    {
        var random = new Random(seed);
        using var user = await site.Host.SignUpAsync();
        using var socket = await SocketClient.OpenAsync(site.Host.Address, user.Token);
        for (var round = 0; round < 6; round++)
        {
            var (before, after) = (Prose(random, random.Next(200)), Prose(random, random.Next(60)));
            var isBlocked = random.Next(2) == 0;
            var conversation = await user.StartConversationAsync();
            var turn = await user.SayAsync(conversation, "Say it");
            var call = await site.Engine.NextCallAsync();
            using var reader = await user.FollowAsync(turn);
            await socket.FollowAsync(turn);
            foreach (var piece in Cut(random, before + (isBlocked ? ModeratedSite.Blocked : ModeratedSite.Covered) + " " + after))
            {
                call.Say(piece);
                if (random.Next(6) == 0)
                {
                    await Task.Delay(30, Cancelled);
                }
            }

            call.Finish();
            var seen = await reader.ReadToEndAsync();
            var heard = await socket.ReadToEndAsync(turn);
            var whole = isBlocked ? "" : before + Redaction.Cover + " " + after;
            foreach (var events in (List<List<TurnEventSeen>>)[seen, heard])
            {
                Assert.Equal(whole, Shown(events));
                Assert.StartsWith(isBlocked ? Deltas(events) : "", before, StringComparison.Ordinal);
                Assert.Equal(isBlocked ? "failed" : "completed", events[^1].Type);
            }

            // From Postgres alone, from wherever a reader was.
            foreach (var cursor in seen.SkipLast(1).Select(static e => e.Id).Where((_, i) => i % 3 == 0))
            {
                var before2 = Shown(seen.TakeWhile(e => e.Id != cursor).Append(seen.First(e => e.Id == cursor)));
                Assert.Equal(whole, Shown(await user.EventsAsync(turn, cursor), before2));
            }

            Assert.Equal(whole, Shown(await user.EventsAsync(turn)));
            Assert.Equal(whole, (string)(await user.MessagesAsync(conversation))[1]["text"]!);
        }
    }

    [Fact]
    public async Task Answer_Blocked_ClosesTheEngineAndEndsWithItsEvent()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "Say it");
        var call = await site.Engine.NextCallAsync();
        using var reader = await user.FollowAsync(turn);
        call.Say($"Harmless so far. ");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");
        call.Say($"And {ModeratedSite.Blocked} and more");
        await call.Closed.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        events.AddRange(await reader.ReadToEndAsync());

        var moderated = Assert.Single(events, static e => e.Type == "moderated");
        Assert.Equal(("block", "sexual"), ((string)moderated.Data["action"]!, (string)moderated.Data["category"]!));
        Assert.Equal(0, moderated.Offset);
        Assert.Equal("blocked", (string)events[^1].Data["code"]!);
        var answer = (await user.MessagesAsync(conversation))[1];
        Assert.Equal(("", "failed", "blocked", false), ((string)answer["text"]!, (string)answer["status"]!, (string)answer["error"]!["code"]!, (bool)answer["canContinue"]!));
        Assert.Equal("1 1", await site.Host.SqlAsync($"SELECT attempt || ' ' || (SELECT count(*) FROM moderation_log WHERE turn_id = t.id) FROM turns t WHERE id = '{turn}'"));
        // A reader that was in the middle of it drops what it has.
        var late = await user.EventsAsync(turn, events.First(static e => e.Type == "delta").Id);
        Assert.Equal(["moderated", "usage", "failed"], late.Select(static e => e.Type));

        // Nobody continues it, and the next prompt knows nothing of it.
        await user.ContinueAsync(conversation, (Guid)answer["id"]!).JsonAsync(HttpStatusCode.Conflict);
        await user.SayAsync(conversation, "And now?");
        var next = await site.Engine.AnswerNextAsync("Fine.");
        Assert.DoesNotContain(next.Prompt, static line => line.Contains("Harmless", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_WorkerKilledBeforeTheSpanIsWhole_ItsSuccessorStillSeesIt()
    {
        using var user = await site.Host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "Say it");
        var zombie = await site.Engine.NextCallAsync();
        using var reader = await user.FollowAsync(turn);
        zombie.Say("Some words, and then one very ");
        var events = await reader.ReadUntilAsync(static e => e.Type == "delta");
        await site.Host.SqlAsync(Lost);
        var call = await site.Engine.NextCallAsync();
        Assert.Equal("assistant: Some words, and then ", call.Prompt[^1]);
        call.Say("one very bad");
        call.Say(" thing");
        call.Say("!");
        events.AddRange(await reader.ReadToEndAsync());

        Assert.Equal("Some words, and then ", Deltas(events));
        Assert.Equal(["moderated", "usage", "failed"], events.TakeLast(3).Select(static e => e.Type));
        Assert.Equal("", TurnEventSeen.Assemble(await user.EventsAsync(turn)));
    }

    [Fact]
    public async Task Answer_SlowDetectorBlocksWhatIsShown_TakesItBack()
    {
        await site.ChangeAsync(detectors: new { rules = true, classifier = true, outside = false });
        try
        {
            using var user = await site.Host.SignUpAsync();
            var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
            var call = await site.Engine.NextCallAsync();
            call.Say($"This is {ModeratedSite.Subtle}, which takes a while to be understood by anybody.");
            // The engine says no more: it is stopped all the same.
            await call.Closed.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
            var events = await user.EventsAsync(turn);

            Assert.Contains(events, static e => e.Type == "moderated" && (string?)e.Data["category"] == "illegal");
            Assert.Equal("failed", events[^1].Type);
        }
        finally
        {
            await site.ChangeAsync(detectors: new { rules = true, classifier = false, outside = false });
        }
    }

    [Fact]
    public async Task Answer_HeldForTheSlowDetector_IsNeverShownBeforeItIsJudged()
    {
        await site.ChangeAsync(detectors: new { rules = true, classifier = true, outside = false }, holdAnswers: true);
        try
        {
            using var user = await site.Host.SignUpAsync();
            var conversation = await user.StartConversationAsync();
            var turn = await user.SayAsync(conversation, "Say it");
            var call = await site.Engine.NextCallAsync();
            using var reader = await user.FollowAsync(turn);
            call.Say("Forty characters that are quite harmless. ");
            var events = await reader.ReadUntilAsync(static e => e.Type == "delta");
            call.Say($"{ModeratedSite.Subtle} comes now");
            call.Finish();
            events.AddRange(await reader.ReadToEndAsync());

            Assert.Equal("Forty characters that are quite harmless. ", Deltas(events));
            Assert.Equal("failed", events[^1].Type);

            var next = await user.SayAsync(conversation, "Again");
            await site.Engine.AnswerNextAsync("Short.");
            Assert.Equal("Short.", Shown(await user.EventsAsync(next)));
        }
        finally
        {
            await site.ChangeAsync(detectors: new { rules = true, classifier = false, outside = false }, holdAnswers: false);
        }
    }

    [Theory]
    [InlineData("allowAndFlag", "completed", "noted")]
    [InlineData("block", "failed", "open")]
    public async Task Answer_SlowDetectorAway_IsAsThePolicySays(string whenUnavailable, string outcome, string status)
    {
        using var user = await site.Host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        var call = await site.Engine.NextCallAsync();
        call.Say("Half ");
        await site.ChangeAsync(detectors: new { rules = true, classifier = true, outside = false }, whenUnavailable: whenUnavailable);
        try
        {
            // The policy of an attempt is the one with which it began.
            call.Finish();
            Assert.Equal("completed", (await user.EventsAsync(turn))[^1].Type);
            var conversation = await user.StartConversationAsync();
            var next = await user.SayAsync(conversation, "And now");
            call = await site.Engine.NextCallAsync();
            site.Slow.IsAway = true;
            call.Say("Half ");
            call.Finish();

            Assert.Equal(outcome, (await user.EventsAsync(next))[^1].Type);
            Assert.Equal($"{status} unavailable", await site.Host.SqlAsync($"SELECT status || ' ' || rule FROM moderation_log WHERE turn_id = '{next}'"));
        }
        finally
        {
            site.Slow.IsAway = false;
            await site.ChangeAsync(detectors: new { rules = true, classifier = false, outside = false }, whenUnavailable: "allowAndFlag");
        }
    }

    [Fact]
    public async Task Answer_Flagged_IsShownAndQueued()
    {
        using var user = await site.Host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        await site.Engine.AnswerNextAsync($"A {ModeratedSite.Flagged}, and another {ModeratedSite.Flagged}.");

        Assert.Equal($"A {ModeratedSite.Flagged}, and another {ModeratedSite.Flagged}.", Shown(await user.EventsAsync(turn)));
        var item = await site.ItemAsync(user);
        Assert.Equal(("answer", "flag", "sexual", "medium"), ((string)item["source"]!, (string)item["action"]!, (string)item["category"]!, (string)item["level"]!));
        // Only once an answer; and the person need not know.
        Assert.Equal(1L, await site.Host.SqlAsync($"SELECT count(*) FROM moderation_log WHERE turn_id = '{turn}'"));
        Assert.Empty((await user.GetAsync("/api/me/moderation"))["items"]!.AsArray());
    }

    private static string Shown(IEnumerable<TurnEventSeen> events, string before = "")
    {
        var text = before;
        foreach (var seen in events)
        {
            text = seen.Type switch
            {
                "moderated" or "restarted" => "",
                "delta" => text + (string?)seen.Data["text"],
                _ => text,
            };
        }

        return text;
    }

    private static string Deltas(IEnumerable<TurnEventSeen> events) => TurnEventSeen.Assemble(events.Where(static e => e.Type == "delta"));

    private static string Prose(Random random, int length)
    {
        string[] words = ["one", "very", "bad", "a", "hateful", "word", "😀", "things", "else.", "one very bad", "a hateful"];
        var text = "";
        while (text.Length < length)
        {
            text += words[random.Next(words.Length)] + " ";
        }

        return text.Replace(ModeratedSite.Blocked, "x", StringComparison.Ordinal).Replace(ModeratedSite.Covered, "y", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Cut(Random random, string text)
    {
        var longest = random.Next(1, 30);
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, longest + 1), text.Length - at);
            // The wire is JSON: a pair is not cut there.
            length += at + length < text.Length && char.IsLowSurrogate(text[at + length]) ? 1 : 0;
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
