using System.Diagnostics;
using System.Globalization;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Recall;

/// <summary>How long a search takes in a large store, from the call to the hits, the round trip to Postgres included.</summary>
internal static class RecallScale
{
    private const int Large = 10_000;
    private const int Small = 1_000;
    private const int SmallScopes = 90;
    private const int Session = 40;
    private const int Searches = 2_000;
    private const int ColdLoads = 20;
    private const int Appends = 200;
    private const int AtOnce = 4;

    public static async Task MeasureAsync(
        RecallWorld world, IReadOnlyList<LocomoConversation> conversations, TextWriter output, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("writing 100,000 memories ...");
        // The file's turns again and again, each followed by the words of another, so that no two are the same.
        var turns = conversations.SelectMany(static c => c.Turns).ToList();
        var random = new Random(1);
        var scope = await WriteAsync(world, turns, random, Large, cancellationToken);
        for (var i = 0; i < SmallScopes; i++)
        {
            await WriteAsync(world, turns, random, Small, cancellationToken);
        }

        await world.SettleAsync(cancellationToken);
        var questions = conversations.SelectMany(static c => c.Questions).Select(static q => new MemorySearch { Text = q.Text, UserName = "Ada", CharacterName = "Mira" }).ToList();
        MemorySearch Question(int i) => questions[i % questions.Count];

        await Console.Error.WriteLineAsync("searching ...");
        for (var i = 0; i < 300; i++)
        {
            await world.Index.SearchAsync(scope, Question(i), cancellationToken);
        }

        output.WriteLine();
        output.WriteLine("| search in a scope of 10,000 of 100,000 memories | p50 | p95 | p99 |");
        output.WriteLine("|---|---|---|---|");
        Write("warm, one at a time", await TimesAsync(Searches, i => world.Index.SearchAsync(scope, Question(i), cancellationToken)));
        var several = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n =>
            TimesAsync(Searches / AtOnce, i => world.Index.SearchAsync(scope, Question((n * 97) + i), cancellationToken))));
        Write($"warm, {AtOnce} at once", [.. several.SelectMany(static s => s)]);
        var conversation = await world.NewConversationAsync(scope, cancellationToken);
        var appended = new List<double>();
        for (var i = 0; i < Appends; i++)
        {
            await world.Store.AddAsync(scope, [Memory(turns, random, conversation, i, DateTimeOffset.UtcNow)], cancellationToken);
            appended.AddRange(await TimesAsync(1, _ => world.Index.SearchAsync(scope, Question(i), cancellationToken)));
        }

        Write("the first after a new memory", appended);
        Write("cold, the scope read anew", await TimesAsync(ColdLoads, i => world.ColdIndex().SearchAsync(scope, Question(i), cancellationToken)));

        void Write(string name, IReadOnlyCollection<double> times) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Quantiles.Median(times):0.0} ms | {Quantiles.At(times, 0.95):0.0} ms | {Quantiles.At(times, 0.99):0.0} ms |"));
    }

    private static async Task<List<double>> TimesAsync(int count, Func<int, Task<IReadOnlyList<MemoryHit>>> search)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await search(i);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<MemoryScope> WriteAsync(
        RecallWorld world, IReadOnlyList<LocomoTurn> turns, Random random, int count, CancellationToken cancellationToken)
    {
        var scope = await world.NewScopeAsync(cancellationToken);
        var memories = new List<NewMemory>();
        for (var begin = 0; begin < count; begin += Session)
        {
            var conversation = await world.NewConversationAsync(scope, cancellationToken);
            var saidAt = DateTimeOffset.UtcNow.AddHours(-begin);
            memories.AddRange(Enumerable.Range(0, Math.Min(Session, count - begin)).Select(i => Memory(turns, random, conversation, i, saidAt)));
        }

        foreach (var some in memories.Chunk(1_000))
        {
            await world.Store.AddAsync(scope, some, cancellationToken);
        }

        return scope;
    }

    private static NewMemory Memory(IReadOnlyList<LocomoTurn> turns, Random random, Guid conversation, int position, DateTimeOffset saidAt) => new(
        MemoryKind.Message,
        position % 2 == 0 ? MemorySpeaker.User : MemorySpeaker.Character,
        $"{turns[random.Next(turns.Count)].Text} {turns[random.Next(turns.Count)].Text}",
        saidAt.AddSeconds(position))
    {
        ConversationId = conversation,
        MessageId = Guid.CreateVersion7(),
        Position = position,
    };
}
