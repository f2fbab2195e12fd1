using System.CommandLine;
using System.Globalization;
using ChatApp.Api.Memory.Index;

namespace ChatApp.Bench.Recall;

/// <summary>How much of what answers a question is found: the product's index against plain BM25, over conversations in LoCoMo's format.</summary>
internal static class RecallBench
{
    private const int Deepest = 50;

    public static Command Command()
    {
        var data = new Option<FileInfo>("--data") { Description = "A file in LoCoMo's format, which is not part of ChatApp.", Required = true };
        var limit = new Option<int>("--limit") { Description = "Questions of each conversation, at most.", DefaultValueFactory = _ => int.MaxValue };
        var scale = new Option<bool>("--scale") { Description = "Measure time as well: 100,000 memories, 10,000 of them in one scope." };
        var command = new Command("recall", "Turn-level recall of memories, and with --scale how long it takes.") { data, limit, scale };
        command.SetAction(async (parsed, cancellationToken) =>
            await RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(limit), parsed.GetValue(scale), cancellationToken));
        return command;
    }

    private static async Task RunAsync(FileInfo data, int limit, bool scale, CancellationToken cancellationToken)
    {
        var conversations = await LocomoFile.ReadAsync(data, cancellationToken);
        await Console.Error.WriteLineAsync("starting Postgres ...");
        await using var world = await RecallWorld.StartAsync(cancellationToken);
        var plain = new RecallTally();
        var product = new RecallTally();
        var scopes = new List<LocomoScope>();
        foreach (var conversation in conversations)
        {
            await Console.Error.WriteLineAsync($"{conversation.Id}: {conversation.Turns.Count} turns, {conversation.Questions.Count} questions ...");
            var scope = await LocomoScope.WriteAsync(world, conversation, cancellationToken);
            scopes.Add(scope);
            var questions = conversation.Questions.Take(limit).ToList();
            await AskPlainAsync(world, conversation, questions, plain, cancellationToken);
            await AskProductAsync(world, scope, questions, product, cancellationToken);
        }

        RecallReport.Write([("plain BM25", plain), ("ChatApp", product)], Console.Out);
        await RecallAnswers.MeasureAsync(world, scopes, limit, Console.Out, cancellationToken);
        if (scale)
        {
            await RecallScale.MeasureAsync(world, conversations, Console.Out, cancellationToken);
        }
    }

    private static async Task AskPlainAsync(
        RecallWorld world, LocomoConversation conversation, IReadOnlyList<LocomoQuestion> questions, RecallTally tally, CancellationToken cancellationToken)
    {
        var texts = conversation.Turns.Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"{(t.IsFirstSpeaker ? conversation.FirstSpeaker : conversation.SecondSpeaker)} {t.SaidAt:d MMMM yyyy} {t.Text}"));
        var ranking = new PlainRanking(await world.AnalyseAsync([.. texts], cancellationToken));
        var asked = await world.AnalyseAsync([.. questions.Select(static q => q.Text)], cancellationToken);
        foreach (var (question, terms) in questions.Zip(asked))
        {
            tally.Add(question, conversation.Id, [.. ranking.Best(terms, Deepest).Select(i => conversation.Turns[i].Id)]);
        }
    }

    private static async Task AskProductAsync(
        RecallWorld world, LocomoScope scope, IReadOnlyList<LocomoQuestion> questions, RecallTally tally, CancellationToken cancellationToken)
    {
        foreach (var question in questions)
        {
            var search = new MemorySearch
            {
                Text = question.Text,
                UserName = scope.Conversation.FirstSpeaker,
                CharacterName = scope.Conversation.SecondSpeaker,
                Limit = Deepest,
            };
            var hits = await world.Index.SearchAsync(scope.Scope, search, cancellationToken);
            tally.Add(question, scope.Conversation.Id, [.. hits.Select(h => scope.Turn(h.Id).Id)]);
        }
    }
}
