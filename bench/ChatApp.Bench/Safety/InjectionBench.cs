using System.CommandLine;
using System.Text.Json;
using ChatApp.Api.Moderation.Injection;

namespace ChatApp.Bench.Safety;

/// <summary>How well instructions are told from data, in both halves of a file of texts with a label 0 or 1 and the set that each comes from.</summary>
internal static class InjectionBench
{
    private const string Label = "label";

    public static Command Command()
    {
        var data = new Option<FileInfo>("--data") { Description = "A .jsonl file with text, label and set, which is not part of ChatApp.", Required = true };
        var errors = new Option<string?>("--errors") { Description = "Print what was judged wrongly of a set, of the half that rules are made with." };
        var command = new Command("injection", "Precision, recall and F1 of the scanner for instructions in data, and how long it takes.") { data, errors };
        command.SetAction(async (parsed, cancellationToken) =>
            await RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(errors), Console.Out, cancellationToken));
        return command;
    }

    private static async Task RunAsync(FileInfo data, string? errors, TextWriter output, CancellationToken cancellationToken)
    {
        var texts = await LabelledFile.ReadAsync(data, cancellationToken);
        var found = texts.ToDictionary(static t => t, static t => InjectionScanner.Scan(t.Text));
        if (errors is not null)
        {
            foreach (var (text, finding) in found.Where(f => !f.Key.IsKept && f.Key.Set == errors && f.Key.Labels[Label] != f.Value.IsSuspicious))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(new { missed = text.Labels[Label], finding.Score, finding.Reasons, text.Text }));
            }

            return;
        }

        await output.WriteLineAsync("| half | texts | injections | precision / recall / F1 | false positives |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        foreach (var isKept in (bool[])[false, true])
        {
            var half = texts.Where(t => t.IsKept == isKept).ToList();
            var judged = Of(half);
            await output.WriteLineAsync(
                $"| {Half(isKept)} | {half.Count} | {judged.Right + judged.Missed} | {judged} | {Judgement.Number(judged.FalsePositives)} |");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("| set | label | half | texts | taken for an injection |");
        await output.WriteLineAsync("|---|---|---|---|---|");
        foreach (var set in texts.GroupBy(static t => (t.Set, Is: t.Labels[Label], t.IsKept)).OrderBy(static g => g.Key.Set, StringComparer.Ordinal).ThenBy(static g => g.Key.Is).ThenBy(static g => g.Key.IsKept))
        {
            var taken = set.Count(t => found[t].IsSuspicious);
            await output.WriteLineAsync(
                $"| {set.Key.Set} | {(set.Key.Is ? 1 : 0)} | {Half(set.Key.IsKept)} | {set.Count()} | {taken} ({Judgement.Number((double)taken / set.Count())}) |");
        }

        CheckTimes.Write("scanner", texts, static t => InjectionScanner.Scan(t), output);

        Judgement Of(IEnumerable<LabelledText> some) => Judgement.Of(some.Select(t => (t.Labels[Label], found[t].IsSuspicious)));
    }

    private static string Half(bool isKept) => isKept ? "kept back" : "tuned on";
}
