using System.Globalization;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Api.Moderation.Injection;
using ChatApp.Api.Tone;
using ChatApp.Api.Turns;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Prompting;

/// <summary>The parts of a prompt that hold what others wrote: each in a fence of its own, as data.</summary>
internal sealed class PromptBlocks(PromptTemplates templates, IOptions<PromptOptions>? options = null)
{
    private const string Gap = "\n\n";
    private const string SmallSuffix = "-small";

    private readonly bool _leavesOut = options?.Value.Suspicious == SuspiciousText.LeaveOut;

    // A line of a block is this much longer than its text: date, speaker, number.
    private const int LineTokens = 12;

    /// <summary>What was recalled for a turn, as its model reads it; empty for nothing.</summary>
    public async Task<string> RecalledAsync(Guid turnId, PromptPlan plan, TurnRecall recall, CancellationToken cancellationToken)
    {
        var boundary = UntrustedText.Boundary(turnId);
        var memories = Fit(Chosen([.. recall.Memories.Where(m => IsRead(m.Suspicious))], plan.Model.Shape), static m => m.Text, plan.Budget.Memory, plan.Model)
            .OrderBy(static m => m.SaidAt).Select(m => Line(m, plan.Model.Shape, boundary)).ToList();
        var snippets = Fit(recall.Snippets.Where(s => IsRead(s.Suspicious)), static s => s.Text, plan.Budget.Knowledge, plan.Model).Select(s => Line(s, plan.Model.Shape, boundary)).ToList();
        var blocks = new List<string>(2);
        if (memories is not [])
        {
            blocks.Add(await RenderAsync("memory", plan.Model, boundary, string.Join('\n', memories), cancellationToken));
        }

        if (snippets is not [])
        {
            blocks.Add(await RenderAsync("knowledge", plan.Model, boundary, string.Join(plan.Model.Shape == PromptShape.Small ? "\n" : Gap, snippets), cancellationToken));
        }

        // The small model takes whatever it reads for a fact about the user.
        if (recall.Tone is { } tone && plan.Model.Shape != PromptShape.Small)
        {
            blocks.Add(ToneLine.Of(tone));
        }

        return string.Join(Gap, blocks);
    }

    /// <summary>A summary, as its model reads it: the same text for as long as it is the same summary.</summary>
    public Task<string> SummaryAsync(ConversationSummary summary, ModelProfile model, int budget, CancellationToken cancellationToken)
    {
        var boundary = UntrustedText.Boundary(summary.ThroughMessageId);
        var text = UntrustedText.Clean(summary.Text, boundary);
        var most = (int)(budget * model.CharactersPerToken);
        return RenderAsync("summary", model, boundary, text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)], cancellationToken);
    }

    private bool IsRead(IReadOnlyList<string>? suspicious) => suspicious is null || !_leavesOut;

    /// <summary>The first ones that have room together.</summary>
    private static List<T> Fit<T>(IEnumerable<T> found, Func<T, string> text, int budget, ModelProfile model)
    {
        var used = 0.0;
        return [.. found.TakeWhile(one => (used += TokenEstimate.Of(text(one), model.CharactersPerToken) + LineTokens) <= budget)];
    }

    /// <summary>The small model takes whatever it reads for a fact: it is shown what the person stated, unless there is nothing else.</summary>
    private static IReadOnlyList<RecalledMemory> Chosen(IReadOnlyList<RecalledMemory> memories, PromptShape shape)
    {
        if (shape != PromptShape.Small)
        {
            return memories;
        }

        List<RecalledMemory> stated = [.. memories.Where(static m => m.Speaker == MemorySpeaker.User && !m.Text.TrimEnd().EndsWith('?'))];
        return stated is [] ? memories : stated;
    }

    private static string Line(RecalledMemory memory, PromptShape shape, string boundary)
    {
        var text = UntrustedText.CleanLine(memory.Text, boundary);
        if (shape == PromptShape.Small)
        {
            return $"- {text}";
        }

        text = memory.Suspicious is null ? text : Suspicion.Mark + text;
        var date = memory.SaidAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return memory.Kind switch
        {
            MemoryKind.Message => $"- {date}, {(memory.Speaker == MemorySpeaker.User ? "the user" : "you")}: {text}",
            _ => $"- {date}, noted: {text}",
        };
    }

    private static string Line(RecalledSnippet snippet, PromptShape shape, string boundary)
    {
        if (shape == PromptShape.Small)
        {
            return string.Create(CultureInfo.InvariantCulture, $"[{snippet.Number}] {UntrustedText.CleanLine(snippet.Text, boundary)}");
        }

        var page = snippet.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $", page {number}") : "";
        var heading = snippet.Heading is "" ? "" : $", {snippet.Heading}";
        var origin = UntrustedText.CleanLine($"{snippet.DocumentName}{heading}{page}", boundary);
        return string.Create(CultureInfo.InvariantCulture, $"[{snippet.Number}] {origin}:\n{(snippet.Suspicious is null ? "" : Suspicion.Mark)}{UntrustedText.Clean(snippet.Text, boundary)}");
    }

    private Task<string> RenderAsync(string block, ModelProfile model, string boundary, string items, CancellationToken cancellationToken) =>
        templates.RenderAsync(
            model.Shape == PromptShape.Small ? block + SmallSuffix : block,
            new Dictionary<string, object?> { ["boundary"] = boundary, ["items"] = items },
            cancellationToken);
}
