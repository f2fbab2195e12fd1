namespace ChatApp.Bench.Recall;

/// <summary>What was found, question by question.</summary>
internal sealed class RecallTally
{
    /// <summary>How far down it is looked.</summary>
    public static readonly IReadOnlyList<int> Depths = [1, 5, 10, 25, 50];

    private readonly List<(int Category, string Conversation, double[] Recall, double[] Hit)> _questions = [];

    /// <param name="question">What was asked.</param>
    /// <param name="conversation">About which conversation.</param>
    /// <param name="found">The turns that were found, best first.</param>
    public void Add(LocomoQuestion question, string conversation, IReadOnlyList<string> found)
    {
        var recall = Depths.Select(d => (double)question.Evidence.Count(e => found.Take(d).Contains(e, StringComparer.Ordinal)) / question.Evidence.Count).ToArray();
        _questions.Add((question.Category, conversation, recall, [.. recall.Select(static r => r > 0 ? 1d : 0d)]));
    }

    /// <summary>How many questions of these categories there were.</summary>
    public int Count(params int[] categories) => _questions.Count(q => categories.Contains(q.Category));

    /// <summary>The mean share of the evidence that was found, at each depth.</summary>
    public double[] Recall(params int[] categories) => Mean(_questions.Where(q => categories.Contains(q.Category)).Select(static q => q.Recall));

    /// <summary>The share of questions for which any evidence was found, at each depth.</summary>
    public double[] Hit(params int[] categories) => Mean(_questions.Where(q => categories.Contains(q.Category)).Select(static q => q.Hit));

    /// <summary>The recall of each conversation's questions of these categories.</summary>
    public IEnumerable<(string Conversation, double[] Recall)> ByConversation(params int[] categories) => _questions
        .Where(q => categories.Contains(q.Category)).GroupBy(static q => q.Conversation)
        .Select(static g => (g.Key, Mean(g.Select(static q => q.Recall))));

    private static double[] Mean(IEnumerable<double[]> rows)
    {
        var all = rows.ToList();
        return [.. Depths.Select((_, i) => all.Count == 0 ? double.NaN : all.Average(r => r[i]))];
    }
}
