using System.Diagnostics;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Commands;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Api.Moderation.Injection;
using ChatApp.Api.Prompting;
using ChatApp.Api.Tone;

namespace ChatApp.Api.Turns.Stages;

/// <summary>
/// Finds what the answer should know besides the conversation: memories and documents, both at once and neither for long. What an
/// earlier attempt found stands: it was told to readers, and the prompt is the same again.
/// </summary>
internal sealed partial class RecallStage(
    PromptStore prompts,
    PromptAssembler assembler,
    IMemoryCommands commands,
    IMemoryRecall memories,
    IKnowledgeSearch knowledge,
    ToneReader tone,
    TimeProvider time,
    ILogger<RecallStage> logger) : ITurnStage
{
    private const int MessagesBefore = 4;
    private const int MaxCharactersBefore = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public string Name => "recall";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var source = await prompts.LoadAsync(context.Turn, cancellationToken);
        context.Plan = await assembler.PlanAsync(source, cancellationToken);
        if (source.Recall is { } earlier)
        {
            context.Recall = earlier;
            Activity.Current?.SetTag("chatapp.recall.stored", true);
            return;
        }

        var recalled = await RecallAsync(context.Turn, context.Plan, cancellationToken);
        context.Recall = Suspicion.MarkIn(recalled) with { Notice = context.Moderation?.Notice, Tone = await tone.ReadAsync(source, cancellationToken) };
        await context.Answer.RecalledAsync(context.Recall, cancellationToken);
    }

    private async Task<TurnRecall> RecallAsync(Running.ClaimedTurn turn, PromptPlan plan, CancellationToken cancellationToken)
    {
        var (persona, newest) = (plan.Source.Persona, plan.Source.Newest);
        var scope = new MemoryScope(persona.UserId, persona.CharacterId);
        using var origin = CallOrigin.Of(persona.UserId).Begin();
        // First: what is forgotten here is not recalled for the same message.
        var command = await commands.RunAsync(scope, turn.Id, turn.UserMessageId, newest.Text, cancellationToken);
        var before = Before(plan.Source);
        var remembered = BoundedAsync(
            "memory",
            limit => memories.RecallAsync(scope, new RecallRequest
            {
                Text = newest.Text,
                Before = before,
                UserName = persona.UserName,
                CharacterName = persona.CharacterName,
                Without = plan.Window.Select(static m => m.Id).Concat(plan.Source.Replaced).ToHashSet(),
                TokenBudget = plan.Budget.Memory,
                CharactersPerToken = plan.Model.CharactersPerToken,
                IsOutside = plan.Model.IsOutside,
            }, limit),
            MemoryRecall.Nothing(RecallReasons.Unavailable),
            static found => (found.Reason, found.Memories.Count),
            turn,
            cancellationToken);
        var known = BoundedAsync(
            "knowledge",
            limit => knowledge.SearchAsync(new KnowledgeScope(persona.CharacterId, turn.ConversationId), new KnowledgeRequest
            {
                Text = newest.Text,
                Before = before,
                TokenBudget = plan.Budget.Knowledge,
                CharactersPerToken = plan.Model.CharactersPerToken,
            }, limit),
            KnowledgeFound.Nothing(RecallReasons.Unavailable),
            static found => (found.Reason, found.Snippets.Count),
            turn,
            cancellationToken);
        var (memory, snippets) = (await remembered, await known);
        // Said word for word in what the model reads anyway, as in a conversation that was branched off.
        var read = plan.Window.Select(static m => m.Text).ToHashSet(StringComparer.Ordinal);
        return new TurnRecall([.. memory.Memories.Where(m => !read.Contains(m.Text))], memory.Reason, snippets.Snippets, snippets.Reason, command.Pins, command.Forgotten, command.Note);
    }

    /// <summary>An answer without memories is better than none, and better than one that is late.</summary>
    private async Task<T> BoundedAsync<T>(
        string what, Func<CancellationToken, Task<T>> find, T nothing, Func<T, (string Reason, int Count)> outcome, Running.ClaimedTurn turn, CancellationToken cancellationToken)
    {
        var span = Activity.Current;
        var begun = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var found = nothing;
        try
        {
            // What does not listen to its token is not waited for either.
            found = await find(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(what, turn.Id, exception.Message);
        }

        var (reason, count) = outcome(found);
        span?.SetTag($"chatapp.recall.{what}.reason", reason);
        span?.SetTag($"chatapp.recall.{what}.count", count);
        span?.SetTag($"chatapp.recall.{what}.ms", Math.Round(time.GetElapsedTime(begun).TotalMilliseconds, 1));
        return found;
    }

    private static List<string> Before(PromptSource source) =>
    [
        .. source.Path.SkipLast(1).TakeLast(MessagesBefore).Select(static m => m.Text.Length <= MaxCharactersBefore ? m.Text : m.Text[..MaxCharactersBefore]),
    ];

    [LoggerMessage(LogLevel.Warning, "Turn {TurnId} is answered without {What}: {Reason}")]
    private partial void LogUnavailable(string what, Guid turnId, string reason);
}
