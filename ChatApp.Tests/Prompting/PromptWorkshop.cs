using ChatApp.Api.Conversations;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Api.Prompting;
using ChatApp.Api.Turns;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Prompting;

/// <summary>Makes prompts as the product does, out of what a test says.</summary>
internal sealed class PromptWorkshop
{
    public static readonly Guid Turn = Guid.Parse("01980000-0000-7000-8000-0000000000aa");
    public static readonly PersonaPrompt Plain = new() { SystemPrompt = "You are X." };

    public PersonaPrompt Persona { get; init; } = Plain;

    public ModelProfileOptions Profile { get; init; } = new();

    public bool BuiltIn { get; init; }

    public ITokenCounter? Counter { get; init; }

    public IReadOnlyList<ConversationSummary> Summaries { get; init; } = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static HistoryMessage Said(string text) => new() { Role = MessageRole.User, Text = text };

    public static HistoryMessage Answered(string text) => new() { Role = MessageRole.Assistant, Text = text };

    /// <summary>A person and a character taking turns, each message of a length.</summary>
    public static HistoryMessage[] Conversation(int messages, int length) =>
        [.. Enumerable.Range(0, messages).Select(i => i % 2 == 0 ? Said(new string('q', length)) : Answered(new string('a', length)))];

    public static RecalledMemory Remembered(string text, MemorySpeaker speaker = MemorySpeaker.User, int day = 3, MemoryKind kind = MemoryKind.Message) => new(
        Guid.NewGuid(), kind, speaker, text, new DateTimeOffset(2026, 5, day, 9, 0, 0, TimeSpan.Zero), false, 0.5, ["words: dog"], Guid.NewGuid(), Guid.NewGuid());

    public static RecalledSnippet Snippet(int number, string text, string name = "bridge.md", string heading = "") =>
        new(number, Guid.NewGuid(), Guid.NewGuid(), name, heading, null, text, 0.5, []);

    public static TurnRecall Recalled(IReadOnlyList<RecalledMemory> memories, params RecalledSnippet[] snippets) =>
        TurnRecall.None with { Memories = memories, Snippets = snippets };

    public Task<PromptPlan> PlanAsync(IEnumerable<HistoryMessage> path) => Assembler().PlanAsync(Source(path), Cancelled);

    public async Task<Prompt> AssembleAsync(IEnumerable<HistoryMessage> path, TurnRecall? recall = null, Guid? turn = null)
    {
        var assembler = Assembler();
        var plan = await assembler.PlanAsync(Source(path), Cancelled);
        return await assembler.AssembleAsync(turn ?? Turn, plan, recall ?? TurnRecall.None, Cancelled);
    }

    /// <summary>The id of the message at a depth.</summary>
    public static Guid IdAt(int depth) => new(depth + 1, 0, 0, new byte[8]);

    private PromptSource Source(IEnumerable<HistoryMessage> path) =>
        new(Persona, [.. path.Select(static (message, depth) => message with { Depth = depth, Id = IdAt(depth) })]) { Summaries = Summaries };

    private PromptAssembler Assembler()
    {
        var models = new ModelOptions { Default = "m", BuiltIn = BuiltIn };
        models.Profiles["m"] = Profile;
        var templates = new PromptTemplates(PromptTemplates.Folder);
        return new PromptAssembler(
            templates, new PromptBlocks(templates), new ModelCatalog(Options.Create(models)), Options.Create(new TurnOptions()), Counter);
    }
}
