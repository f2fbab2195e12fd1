using System.Globalization;

namespace ChatApp.Bench.Recall;

/// <summary>The figures as Markdown tables.</summary>
internal static class RecallReport
{
    private static readonly (string Name, int[] Categories)[] Groups =
    [
        ("**1-4**", [1, 2, 3, 4]), ("1 multi-hop", [1]), ("2 temporal", [2]), ("3 open-domain", [3]), ("4 single-hop", [4]), ("5 adversarial", [5]),
    ];

    public static void Write(IReadOnlyList<(string Name, RecallTally Tally)> systems, TextWriter output)
    {
        var depths = string.Join(" / ", RecallTally.Depths);
        output.WriteLine($"| categories | questions | system | recall@{depths} | hit@{depths} |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (group, categories) in Groups)
        {
            foreach (var (system, tally) in systems.Where(s => s.Tally.Count(categories) > 0))
            {
                output.WriteLine($"| {group} | {tally.Count(categories)} | {system} | {Row(tally.Recall(categories))} | {Row(tally.Hit(categories))} |");
            }
        }

        output.WriteLine();
        output.WriteLine($"| conversation, categories 1-4 | {string.Join(" | ", systems.Select(static s => $"{s.Name}: recall@10"))} |");
        output.WriteLine($"|---{string.Concat(systems.Select(static _ => "|---"))}|");
        foreach (var conversation in systems[0].Tally.ByConversation(1, 2, 3, 4).Select(static c => c.Conversation))
        {
            var recall = systems.Select(s => Number(s.Tally.ByConversation(1, 2, 3, 4).First(c => c.Conversation == conversation).Recall[2]));
            output.WriteLine($"| {conversation} | {string.Join(" | ", recall)} |");
        }
    }

    public static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Row(double[] values) => string.Join(" / ", values.Select(Number));
}
