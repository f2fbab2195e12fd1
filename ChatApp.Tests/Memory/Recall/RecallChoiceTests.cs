using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Memory.Recall;
using Xunit;

namespace ChatApp.Tests.Memory.Recall;

public sealed class RecallChoiceTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RecallQuestion Question = new(["dog", "called?"], ["'dog':1", "'call':1"]);
    private static readonly RecallRequest Request = new() { Text = "dog called?", UserName = "Ada", CharacterName = "Mira" };

    [Fact]
    public void Choose_EquallyFitting_PinImportanceAndAgeDecide()
    {
        var old = Row("'dog':1 'old':2", days: 900);
        var fresh = Row("'dog':1 'new':2", days: 1);
        var important = Row("'dog':1 'much':2", days: 900, importance: 1);
        var pinned = Row("'dog':1 'held':2", days: 900, pinned: true);

        var chosen = Choose([.. new[] { old, fresh, important, pinned }.Select(static r => Hit(r, 0.5))], [old, fresh, important, pinned]);

        Assert.Equal([pinned.Id, important.Id, fresh.Id, old.Id], chosen.Select(static c => c.Id));
        Assert.All(chosen, static c => Assert.InRange(c.Score, 0.85, 1));
    }

    [Fact]
    public void Choose_FitsClearlyBetter_ComesFirstHoweverOld()
    {
        var better = Row("'dog':1 'a':2", days: 3000, importance: 0);
        var worse = Row("'dog':1 'b':2", days: 0, importance: 1, pinned: true);

        Assert.Equal(better.Id, Choose([Hit(better, 0.9), Hit(worse, 0.7)], [better, worse])[0].Id);
    }

    [Fact]
    public void Choose_NotOfTheScopeShownOrWeak_IsLeftOut()
    {
        var good = Row("'dog':1 'a':2");
        var shown = Row("'dog':1 'b':2", message: Guid.NewGuid());
        var farBehind = Row("'dog':1 'c':2");
        var besidesThePoint = Row("'cat':1");
        var foreign = Row("'dog':1 'e':2");
        MemoryHit[] hits = [Hit(good, 0.8), Hit(shown, 0.8), Hit(farBehind, 0.1), Hit(besidesThePoint, 0.8, coverage: 0.05), Hit(foreign, 0.8)];

        var choice = new RecallChoice(Request with { Without = new HashSet<Guid> { shown.MessageId!.Value } }, Question, Now);

        Assert.Equal([good.Id], choice.Choose(hits, [good, shown, farBehind, besidesThePoint]).Select(static c => c.Id));
    }

    [Fact]
    public void Choose_IndexTellsNoCoverage_TheWordsDecide()
    {
        var has = Row("'dog':1 'a':2");
        var hasNot = Row("'cat':1");

        var chosen = Choose([new MemoryHit(has.Id, 1, [], null), new MemoryHit(hasNot.Id, 1, [], null)], [has, hasNot]);

        Assert.Equal(["words: dog"], Assert.Single(chosen).Reasons);
    }

    [Fact]
    public void Choose_NearCopies_OnceAndTheBetterOne()
    {
        var best = Row("'dog':1 'call':2 'rex':3 'big':4 'brown':5");
        var copy = Row("'dog':1 'call':2 'rex':3 'big':4 'brown':5,6");
        var other = Row("'dog':1 'call':2 'max':3");

        Assert.Equal([best.Id, other.Id], Choose([Hit(best, 0.9), Hit(copy, 0.8), Hit(other, 0.7)], [best, copy, other]).Select(static c => c.Id));
    }

    [Fact]
    public void Choose_LittleRoom_IsNotExceededAndSmallerOnesStillFit()
    {
        var first = Row("'dog':1 'a':2", text: new string('x', 100));
        var large = Row("'dog':1 'b':2", text: new string('y', 500));
        var small = Row("'dog':1 'c':2", text: "z");
        var request = Request with { TokenBudget = 70, CharactersPerToken = 2.5 };

        var chosen = new RecallChoice(request, Question, Now).Choose([Hit(first, 0.9), Hit(large, 0.8), Hit(small, 0.7)], [first, large, small]);

        Assert.Equal([first.Id, small.Id], chosen.Select(static c => c.Id));
    }

    [Fact]
    public void Choose_PinnedThatDoesNotMatch_ComesLastAndTakesAPart()
    {
        var match = Row("'dog':1");
        RecallRow[] pinned = [.. Enumerable.Range(0, 20).Select(i => Row($"'p{i}':1 'q{i}':2", pinned: true, text: new string('p', 70)))];

        var chosen = Choose([Hit(match, 0.9)], [match, .. pinned]);

        Assert.Equal(match.Id, chosen[0].Id);
        Assert.All(chosen.Skip(1), static c => Assert.Equal(["pinned"], c.Reasons));
        // 600 tokens of room, 30 % of them for these, 32 each.
        Assert.Equal(5, chosen.Count - 1);
    }

    [Fact]
    public void Choose_LongText_GivesThePartWithTheWords()
    {
        var row = Row("'dog':1 'call':2", text: string.Join(' ', Enumerable.Repeat("filler", 300)) + " my dog is called Rex " + string.Join(' ', Enumerable.Repeat("more", 300)));

        var text = Assert.Single(Choose([Hit(row, 1)], [row])).Text;

        Assert.Contains("my dog is called Rex", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 610);
        Assert.StartsWith("… ", text, StringComparison.Ordinal);
        Assert.EndsWith(" …", text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<RecalledMemory> Choose(IReadOnlyList<MemoryHit> hits, IReadOnlyList<RecallRow> rows) => new RecallChoice(Request, Question, Now).Choose(hits, rows);

    private static MemoryHit Hit(RecallRow row, double score, double coverage = 0.9) => new(row.Id, score, [], null, coverage);

    private static RecallRow Row(string terms, int days = 10, float importance = 0.5f, bool pinned = false, string text = "It is so.", Guid? message = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = message is null ? MemoryKind.Note : MemoryKind.Message,
        Text = text,
        SaidAt = Now.AddDays(-days),
        Importance = importance,
        Pinned = pinned,
        MessageId = message,
        Terms = terms,
    };
}
