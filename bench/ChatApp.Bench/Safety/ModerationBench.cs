using System.CommandLine;
using System.Text.Json;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Detectors;

namespace ChatApp.Bench.Safety;

/// <summary>
/// How well the rules find what people labelled, in both halves of a file with the labels of OpenAI's moderation set. S is sexual, S3 minors, H hate,
/// H2 hate of the high level, V violence, V2 violence of the high level, SH self-harm; HR (harassment) is no category here.
/// </summary>
internal static class ModerationBench
{
    private static readonly (string Name, ModerationCategory Category, string Label, ModerationLevel? Only)[] Rows =
    [
        ("sexual", ModerationCategory.Sexual, "S", null),
        ("minors", ModerationCategory.Minors, "S3", null),
        ("hate", ModerationCategory.Hate, "H", null),
        ("hate, threatening", ModerationCategory.Hate, "H2", ModerationLevel.High),
        ("violence", ModerationCategory.Violence, "V", null),
        ("violence, graphic", ModerationCategory.Violence, "V2", ModerationLevel.High),
        ("self-harm", ModerationCategory.SelfHarm, "SH", null),
    ];

    public static Command Command()
    {
        var data = new Option<FileInfo>("--data") { Description = "A .jsonl or .jsonl.gz file with prompt and labels, which is not part of ChatApp.", Required = true };
        var errors = new Option<string?>("--errors") { Description = "Print what was judged wrongly of a label, of the half that rules are made with." };
        var command = new Command("moderation", "Precision, recall and F1 of the moderation rules, and how long a check takes.") { data, errors };
        command.SetAction(async (parsed, cancellationToken) =>
            await RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(errors), Console.Out, cancellationToken));
        return command;
    }

    private static async Task RunAsync(FileInfo data, string? errors, TextWriter output, CancellationToken cancellationToken)
    {
        var texts = await LabelledFile.ReadAsync(data, cancellationToken);
        var rules = new RuleDetector();
        var found = texts.ToDictionary(static t => t, t => rules.Scan(t.Text));
        if (errors is not null)
        {
            WriteErrors(found, errors, output);
            return;
        }

        await output.WriteLineAsync("| category | half | texts | of them so | low and up: precision / recall / F1 | medium and up | high | false positives, medium |");
        await output.WriteLineAsync("|---|---|---|---|---|---|---|---|");
        foreach (var row in Rows)
        {
            foreach (var isKept in (bool[])[false, true])
            {
                var known = texts.Where(t => t.IsKept == isKept && t.Labels.ContainsKey(row.Label)).ToList();
                var (low, medium, high) = (At(ModerationLevel.Low), At(ModerationLevel.Medium), At(ModerationLevel.High));
                await output.WriteLineAsync(row.Only is null
                    ? $"| {row.Name} | {Half(isKept)} | {known.Count} | {medium.Right + medium.Missed} | {low} | {medium} | {high} | {Judgement.Number(medium.FalsePositives)} |"
                    : $"| {row.Name} | {Half(isKept)} | {known.Count} | {medium.Right + medium.Missed} | | | {high} | |");

                Judgement At(ModerationLevel level) => Judgement.Of(known.Select(t => (t.Labels[row.Label], Is(found[t], row.Category, level))));
            }
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("| texts without any label that is 1 | half | texts | with a detection of medium and up | of high |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        foreach (var isKept in (bool[])[false, true])
        {
            var harmless = texts.Where(t => t.IsKept == isKept && t.Labels.Values.All(static l => !l)).ToList();
            await output.WriteLineAsync(
                $"| | {Half(isKept)} | {harmless.Count} | {harmless.Count(t => found[t].Any(static d => d.Level >= ModerationLevel.Medium))} | {harmless.Count(t => found[t].Any(static d => d.Level == ModerationLevel.High))} |");
        }

        CheckTimes.Write("rules", texts, t => rules.Scan(t), output);
    }

    private static string Half(bool isKept) => isKept ? "kept back" : "tuned on";

    private static bool Is(IReadOnlyList<Detection> found, ModerationCategory category, ModerationLevel level) =>
        found.Any(d => d.Category == category && d.Level >= level);

    private static void WriteErrors(Dictionary<LabelledText, IReadOnlyList<Detection>> found, string label, TextWriter output)
    {
        var category = Rows.First(r => r.Label == label).Category;
        foreach (var (text, detections) in found.Where(f => !f.Key.IsKept && f.Key.Labels.ContainsKey(label)))
        {
            if (text.Labels[label] != Is(detections, category, ModerationLevel.Medium))
            {
                output.WriteLine(JsonSerializer.Serialize(new { missed = text.Labels[label], by = detections.Where(d => d.Category == category).Select(static d => $"{d.Level} {d.Rule}"), text.Text }));
            }
        }
    }
}
