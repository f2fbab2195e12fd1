using ChatApp.Api.Models;

namespace ChatApp.Api.Prompting;

/// <summary>
/// How many tokens each part of a prompt may take. It follows from the model and the character alone, so that the history begins at the
/// same message whatever is recalled.
/// </summary>
/// <param name="Memory">Of what was remembered.</param>
/// <param name="Knowledge">Of snippets.</param>
/// <param name="Summary">Of the summary.</param>
/// <param name="History">Of what was said, the newest message included.</param>
internal sealed record PromptBudget(int Memory, int Knowledge, int Summary, int History)
{
    /// <summary>The context of a model of which nobody says how much it reads.</summary>
    public const int UsualContext = 8192;

    // Shares of the context. However much it holds, more than so many tokens would bury what matters.
    private const double MemoryShare = 0.12;
    private const double KnowledgeShare = 0.18;
    private const double SummaryShare = 0.08;
    private const int MostMemory = 2000;
    private const int MostKnowledge = 4000;
    private const int MostSummary = 1500;

    // The engine's template around the messages, and what the estimates are wrong by.
    private const double Slack = 0.03;

    /// <param name="model">The model.</param>
    /// <param name="context">Its context.</param>
    /// <param name="answer">What the answer may take.</param>
    /// <param name="fixedPart">What the character takes.</param>
    public static PromptBudget For(ModelProfile model, int context, int answer, double fixedPart)
    {
        var memory = Math.Min((int)(context * MemoryShare), MostMemory);
        var knowledge = Math.Min((int)(context * KnowledgeShare), MostKnowledge);
        var summary = Math.Min((int)(context * SummaryShare), MostSummary);
        // An answer that may be as long as the context would leave nothing to answer to.
        var reserve = Math.Min(answer, context / 3);
        var history = context * (1 - Slack) - reserve - memory - knowledge - summary - fixedPart;
        return new PromptBudget(memory, knowledge, summary, model.HistoryTokens ?? (int)Math.Max(history, context / 8.0));
    }
}
