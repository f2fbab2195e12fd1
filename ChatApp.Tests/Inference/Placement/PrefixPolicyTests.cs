using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Placement;
using Xunit;

namespace ChatApp.Tests.Inference.Placement;

public sealed class PrefixPolicyTests
{
    [Fact]
    public void Pick_SameConversation_IsTheSameInEveryProcess()
    {
        using var one = new PlacementBench(4, slots: 4, seed: 1);
        using var other = new PlacementBench(4, slots: 4, seed: 2);
        other.Engines.Reverse();

        for (var i = 0; i < 200; i++)
        {
            var call = one.Call($"conversation {i}");
            Assert.Equal(one.Pick(call).Name, other.Pick(other.Call($"conversation {i}")).Name);
            Assert.Equal(PlacementWords.Hashed, call.Placed);
        }
    }

    [Fact]
    public void Pick_ManyConversations_AreSharedBySlots()
    {
        using var bench = new PlacementBench(3, slots: 4);
        bench.Engines[2].Concurrency = 8;
        bench.Show();

        var counts = Enumerable.Range(0, 10_000).CountBy(i => bench.Pick(bench.Call($"conversation {i}")).Name).ToDictionary();

        Assert.InRange(counts["engine-0"], 2300, 2700);
        Assert.InRange(counts["engine-1"], 2300, 2700);
        Assert.InRange(counts["engine-2"], 4800, 5200);
    }

    [Fact]
    public void Pick_AfterAnAnswer_StaysWhereItWas()
    {
        using var bench = new PlacementBench(4, slots: 4);
        var call = bench.Call("one");
        var elsewhere = bench.Engines.First(e => e != bench.Pick(call));
        bench.Keep(call, elsewhere);

        var next = bench.Call("one");

        Assert.Equal(elsewhere, bench.Pick(next));
        Assert.Equal(PlacementWords.Kept, next.Placed);
        bench.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(elsewhere, bench.Pick(bench.Call("one")));
        bench.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.NotEqual(elsewhere, bench.Pick(bench.Call("one")));
    }

    [Fact]
    public void Pick_EngineWasLost_ForgetsWhatWasKeptThereAndNothingElse()
    {
        using var bench = new PlacementBench(4, slots: 4);
        var call = bench.Call("one");
        var home = bench.Pick(call);
        var elsewhere = bench.Engines.First(e => e != home);
        bench.Keep(call, elsewhere);

        bench.Loads.Lost(home.Name);
        Assert.Equal(elsewhere, bench.Pick(bench.Call("one")));
        bench.Loads.Lost(elsewhere.Name);
        Assert.Equal(home, bench.Pick(bench.Call("one")));

        // What it reads from now on counts again.
        bench.Keep(call, elsewhere);
        Assert.Equal(elsewhere, bench.Pick(bench.Call("one")));
    }

    [Fact]
    public void Pick_HomeHasTooMuchToDo_SpillsToOneThatIsUnderTheBound()
    {
        using var bench = new PlacementBench(4, slots: 4);
        var call = bench.Call("one");
        var home = bench.Pick(call);
        bench.Keep(call, home);
        for (var i = 0; i < 10; i++)
        {
            bench.Loads.Of(home).Queue.Enter("other", 200, out _);
        }

        var next = bench.Call("one");

        Assert.NotEqual(home, bench.Pick(next));
        Assert.Equal(PlacementWords.Spilled, next.Placed);
    }

    [Fact]
    public void Pick_HomeHasAFreePlace_KeepsAConversationAndSpreadsNewOnes()
    {
        using var bench = new PlacementBench(4, slots: 4);
        var call = bench.Call("one");
        var home = bench.Pick(call);
        bench.Loads.Of(home).Queue.Enter("other", 200, out _);

        Assert.NotEqual(home, bench.Pick(bench.Call("one")));
        bench.Keep(call, home);
        Assert.Equal(home, bench.Pick(bench.Call("one")));
    }

    [Fact]
    public void Pick_NewConversations_NoEngineCachesMuchMoreThanItsShare()
    {
        using var bench = new PlacementBench(3, slots: 4);
        for (var i = 1; i <= 60; i++)
        {
            var call = bench.Call($"conversation {i}");
            bench.Keep(call, bench.Pick(call));
            Assert.InRange(bench.Engines.Max(e => bench.Loads.Of(e).Conversations), 1, (1.25 * i / 3) + 1);
        }

        Assert.Equal(60, bench.Engines.Sum(e => bench.Loads.Of(e).Conversations));
        bench.Loads.Lost("engine-0");
        Assert.Equal(0, bench.Loads.Of("engine-0").Conversations);
    }

    [Fact]
    public void Pick_Embeddings_GoToWhoHasLeastToDo()
    {
        using var bench = new PlacementBench(3, slots: 4);
        for (var i = 0; i < 300; i++)
        {
            var call = bench.Call("one", kind: CallKind.Embedding);
            bench.Loads.Of(bench.Pick(call)).Queue.Enter("caller", call.ExpectedTokens, out _);
            Assert.Equal(PlacementWords.Least, call.Placed);
        }

        Assert.All(bench.Engines, e => Assert.Equal(100 * 100, bench.Loads.Of(e).TokensInFlight));
    }

    [Theory]
    [InlineData(4, 1.0 / 5)]
    [InlineData(9, 1.0 / 10)]
    public void Pick_EngineJoins_MovesItsShareOfTheKeysAndNoOthers(int engines, double share)
    {
        using var bench = new PlacementBench(engines, slots: 4);
        var before = Places(bench);

        bench.Engines.Add(PlacementBench.Engine(engines, slots: 4));
        bench.Show();
        var after = Places(bench);

        var moved = before.Zip(after).Where(static pair => pair.First != pair.Second).ToList();
        Assert.All(moved, pair => Assert.Equal($"engine-{engines}", pair.Second.Name));
        Assert.InRange(moved.Count / (double)before.Count, share * 0.85, share * 1.15);
    }

    [Fact]
    public void Pick_EngineLeaves_MovesItsKeysAndNoOthers()
    {
        using var bench = new PlacementBench(4, slots: 4);
        var before = Places(bench);
        var gone = bench.Engines[1];

        bench.Engines.Remove(gone);
        bench.Show();
        var after = Places(bench);

        var moved = before.Zip(after).Where(static pair => pair.First != pair.Second).ToList();
        Assert.All(moved, pair => Assert.Equal(gone, pair.First));
        Assert.InRange(moved.Count / (double)before.Count, 0.22, 0.28);
    }

    [Fact]
    public void Pick_TwoCallersWithTheSamePrompt_ArePlacedIndependently()
    {
        using var bench = new PlacementBench(4, slots: 4);
        var same = 0;
        for (var i = 0; i < 2000; i++)
        {
            var prompt = $$"""[{"role":"user","content":"The same question {{i}}"}]""";
            var (one, other) = (bench.Call(null, "one", prompt: prompt), bench.Call(null, "other", prompt: prompt));
            same += bench.Pick(one) == bench.Pick(other) ? 1 : 0;
            Assert.NotEqual(one.PlacementKey, other.PlacementKey);
        }

        // By chance, one in four.
        Assert.InRange(same, 400, 600);
    }

    [Fact]
    public void Key_ConversationWithoutAName_StaysTheSameAsItGrows()
    {
        using var bench = new PlacementBench(1, slots: 1);
        const string Begin = """[{"role":"system","content":"Be {\"role\":\"user\"} short."},{"role":"user","content":"Hello"}""";
        var first = PlacementKey.Of(bench.Call(null, prompt: Begin + "]"));

        Assert.Equal(first, PlacementKey.Of(bench.Call(null, prompt: Begin + """,{"role":"assistant","content":"Hi"},{"role":"user","content":"Bye"}]""")));
        Assert.NotEqual(first, PlacementKey.Of(bench.Call(null, prompt: """[{"role":"system","content":"Be short."},{"role":"user","content":"Good day"}]""")));

        var large = new string('x', 5000);
        Assert.Equal(
            PlacementKey.Of(bench.Call(null, prompt: $$"""[{"role":"system","content":"{{large}}"},{"role":"user","content":"1"}]""")),
            PlacementKey.Of(bench.Call(null, prompt: $$"""[{"role":"system","content":"{{large}}"},{"role":"user","content":"2"}]""")));
    }

    [Fact]
    public void Key_PartsThatRunTogether_AreToldApart()
    {
        using var bench = new PlacementBench(1, slots: 1);

        Assert.NotEqual(PlacementKey.Of(bench.Call("bc", "a")), PlacementKey.Of(bench.Call("c", "ab")));
    }

    private static List<EngineOptions> Places(PlacementBench bench) => [.. Enumerable.Range(0, 5000).Select(i => bench.Pick(bench.Call($"conversation {i}")))];
}
