using ChatApp.Api.Retrieval;
using Xunit;

namespace ChatApp.Tests.Retrieval;

public sealed class ContextualIndexTests
{
    private static readonly double[] Neighbours = [0.8, 0.6];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Search_RandomChanges_AsGoingThroughEverything(int seed)
    {
        var random = new Random(seed);
        var index = new ContextualIndex<Guid>(Neighbours);
        var naive = new NaiveContextualSearch(Neighbours);
        Guid[] ids = [.. Enumerable.Range(0, 60).Select(_ => NewId(random))];
        Guid[] groups = [.. Enumerable.Range(0, 6).Select(_ => NewId(random))];
        for (var step = 0; step < 400; step++)
        {
            Change(random, index, naive, ids, groups);
            if (step % 4 == 0)
            {
                AssertSame(random, index, naive);
            }
        }

        Assert.Equal(naive.Documents.Count, index.Count);
    }

    [Fact]
    public void Search_AppendedOneByOne_AsPutInAtOnce()
    {
        var random = new Random(7);
        var appended = new ContextualIndex<int>(Neighbours);
        var group = NewId(random);
        var texts = Enumerable.Range(0, 40).Select(i => (Id: NewId(random), Order: i, Terms: Text(random))).ToList();
        var query = new ContextualQuery<int> { Terms = Question(random), Limit = 40 };
        foreach (var (id, order, terms) in texts)
        {
            appended.Put(id, order, group, order, terms);
            appended.Search(query);
        }

        var rebuilt = new ContextualIndex<int>(Neighbours);
        foreach (var (id, order, terms) in texts.AsEnumerable().Reverse())
        {
            rebuilt.Put(id, order, group, order, terms);
        }

        Assert.NotEmpty(rebuilt.Search(query));
        Assert.Equal(rebuilt.Search(query).Select(static m => (m.Id, Math.Round(m.Score, 9))), appended.Search(query).Select(static m => (m.Id, Math.Round(m.Score, 9))));
    }

    [Fact]
    public void Search_NothingMatches_FindsNothing()
    {
        var index = new ContextualIndex<int>(Neighbours);
        var query = new ContextualQuery<int> { Terms = [new("dog", 1)], Limit = 5 };
        Assert.Empty(index.Search(query));

        index.Put(Guid.NewGuid(), 1, Guid.NewGuid(), 0, TermVector.Of(["cat"]));
        Assert.Empty(index.Search(query));
    }

    [Fact]
    public void Search_KindredWords_FoundBehindTheWordItself()
    {
        var index = new ContextualIndex<string>(Neighbours);
        foreach (var word in (string[])["paint", "painter", "pain", "house"])
        {
            index.Put(Guid.NewGuid(), word, Guid.NewGuid(), 0, TermVector.Of([word]));
        }

        var found = index.Search(new ContextualQuery<string> { Terms = [new("painter", 1)], Limit = 5 });

        Assert.Equal(["painter", "paint", "pain"], found.Select(static f => f.Document).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal("painter", found[0].Document);
        Assert.Equal(["painter"], index.Search(new ContextualQuery<string> { Terms = [new("painter", 1)], Limit = 5, Kindred = 0 }).Select(static f => f.Document));
    }

    [Fact]
    public void Search_Coverage_IsTheShareOfTheQuestion()
    {
        var index = new ContextualIndex<string>(Neighbours);
        var group = Guid.NewGuid();
        index.Put(Guid.NewGuid(), "all", group, 0, TermVector.Of(["dog", "rex"]));
        index.Put(Guid.NewGuid(), "next", group, 1, TermVector.Of(["yes"]));
        index.Put(Guid.NewGuid(), "half", Guid.NewGuid(), 0, TermVector.Of(["dog", "cat"]));

        var found = index.Search(new ContextualQuery<string> { Terms = [new("dog", 1), new("rex", 1)], Limit = 5 }).ToDictionary(static f => f.Document);

        Assert.Equal(1, found["all"].Coverage, 6);
        Assert.Equal(["dog", "rex"], found["all"].Terms);
        Assert.Equal(0.8, found["next"].Coverage, 6);
        Assert.Empty(found["next"].Terms);
        Assert.InRange(found["half"].Coverage, 0.2, 0.5);
    }

    [Fact]
    public void Search_CoverageAmongVeryFew_IsNotJudgedByThem()
    {
        var index = new ContextualIndex<string>(Neighbours);
        index.Put(Guid.NewGuid(), "called", Guid.NewGuid(), 0, TermVector.Of(["dog", "brimwick"]));
        index.Put(Guid.NewGuid(), "likes", Guid.NewGuid(), 0, TermVector.Of(["dog", "soup"]));
        index.Put(Guid.NewGuid(), "other", Guid.NewGuid(), 0, TermVector.Of(["noted"]));

        var found = index.Search(new ContextualQuery<string> { Terms = [new("know", 1), new("dog", 1)], Limit = 5 });

        Assert.Equal(2, found.Count);
        Assert.All(found, static f => Assert.InRange(f.Coverage, 0.35, 0.5));
    }

    [Fact]
    public async Task Search_WhileOneChanges_NeverFails()
    {
        var index = new ContextualIndex<Guid>(Neighbours);
        var random = new Random(3);
        var naive = new NaiveContextualSearch(Neighbours);
        Guid[] ids = [.. Enumerable.Range(0, 200).Select(_ => NewId(random))];
        Guid[] groups = [.. Enumerable.Range(0, 4).Select(_ => NewId(random))];
        using var done = new CancellationTokenSource();
        var searches = 0;
        var readers = Enumerable.Range(0, 3).Select(n => Task.Run(
            () =>
            {
                var asking = new Random(n);
                do
                {
                    var found = index.Search(new ContextualQuery<Guid> { Terms = Question(asking), Limit = 10 });
                    Assert.All(found, static f => Assert.Equal(f.Id, f.Document));
                    Assert.Equal(found.OrderByDescending(static f => f.Score).Select(static f => f.Score), found.Select(static f => f.Score));
                    Interlocked.Increment(ref searches);
                }
                while (!done.IsCancellationRequested);
            },
            Cancelled)).ToList();

        for (var i = 0; i < 4000; i++)
        {
            Change(random, index, naive, ids, groups);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.True(searches >= 3);
        AssertSame(random, index, naive);
    }

    private static void Change(Random random, ContextualIndex<Guid> index, NaiveContextualSearch naive, Guid[] ids, Guid[] groups)
    {
        var id = ids[random.Next(ids.Length)];
        var group = groups[random.Next(groups.Length)];
        var order = random.Next(12);
        var known = naive.Documents.TryGetValue(id, out var before);
        switch (random.Next(4))
        {
            case 0:
                Assert.Equal(known, index.Remove(id));
                naive.Documents.Remove(id);
                break;
            case 1:
                Assert.Equal(known, index.Move(id, group, order));
                if (known)
                {
                    naive.Documents[id] = (group, order, before.Words, before.Lends);
                }

                break;
            default:
                var text = Text(random);
                var lends = random.Next(3) == 0 ? 1.5 : 1;
                var words = new Dictionary<string, int>();
                foreach (var (term, count) in text.Terms)
                {
                    words.Add(term, count);
                }

                index.Put(id, id, group, order, text, lends);
                naive.Documents[id] = (group, order, words, lends);
                break;
        }
    }

    private static void AssertSame(Random random, ContextualIndex<Guid> index, NaiveContextualSearch naive)
    {
        var hidden = naive.Documents.Keys.Where(_ => random.Next(5) == 0).ToHashSet();
        double Factor(Guid id) => hidden.Contains(id) ? 0 : id.ToByteArray()[0] % 2 == 0 ? 1.3 : 1;
        var weights = new ContextualWeights { WindowLength = 0.7, GroupLength = 0.2 };
        var terms = Question(random);
        var limit = random.Next(1, 20);
        var expected = naive.Documents.Count == 0 ? [] : naive.Search(terms, weights, Factor);

        var found = index.Search(new ContextualQuery<Guid> { Terms = terms, Limit = limit, Weights = weights, Factor = Factor, Kindred = 0 });

        Assert.Equal(Math.Min(limit, expected.Count), found.Count);
        for (var i = 0; i < found.Count; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 9);
            Assert.Equal(expected.First(e => e.Id == found[i].Id).Score, found[i].Score, 9);
        }
    }

    private static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    // Few words, so that they meet; some often, some seldom.
    private static TermVector Text(Random random) =>
        TermVector.Of(Enumerable.Range(0, random.Next(0, 9)).Select(_ => $"w{(int)(12 * random.NextDouble() * random.NextDouble())}"));

    private static List<QueryTerm> Question(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(14)).Distinct().Select(w => new QueryTerm($"w{w}", 0.5 + random.NextDouble()))];
}
