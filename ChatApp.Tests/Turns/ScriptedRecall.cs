using ChatApp.Api.Knowledge;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Commands;
using ChatApp.Api.Memory.Recall;
using ChatApp.Tests.Prompting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatApp.Tests.Turns;

/// <summary>Memory and knowledge that a test decides, and that count how often they were asked.</summary>
internal sealed class ScriptedRecall : IMemoryRecall, IKnowledgeSearch, IMemoryCommands
{
    private int _recalls;

    /// <summary>What is found; an exception instead where it is to fail.</summary>
    public Func<CancellationToken, Task<MemoryRecall>> Memories { get; set; } = static _ => Task.FromResult(new MemoryRecall(
        [PromptWorkshop.Remembered("My dog is called Brimwick."), PromptWorkshop.Remembered("Grüße 😀 \"quoted\"\nline")], RecallReasons.Searched));

    public KnowledgeFound Knowledge { get; set; } = new([PromptWorkshop.Snippet(1, "The bridge opened in 1934.")], RecallReasons.Searched);

    public MemoryCommandResult Command { get; set; } = MemoryCommandResult.None;

    public int Recalls => _recalls;

    public RecallRequest? LastRequest { get; private set; }

    public MemoryScope LastScope { get; private set; }

    /// <summary>Nothing there to be recalled.</summary>
    public static ScriptedRecall Empty() => new()
    {
        Memories = static _ => Task.FromResult(MemoryRecall.Nothing(RecallReasons.SmallTalk)),
        Knowledge = KnowledgeFound.Nothing(RecallReasons.Empty),
    };

    public void Replace(IServiceCollection services)
    {
        services.AddSingleton<IMemoryRecall>(this);
        services.AddSingleton<IKnowledgeSearch>(this);
        services.AddSingleton<IMemoryCommands>(this);
    }

    public Task<MemoryRecall> RecallAsync(MemoryScope scope, RecallRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _recalls);
        (LastScope, LastRequest) = (scope, request);
        return Memories(cancellationToken);
    }

    public Task<KnowledgeFound> SearchAsync(KnowledgeScope scope, KnowledgeRequest request, CancellationToken cancellationToken) => Task.FromResult(Knowledge);

    public Task<MemoryCommandResult> RunAsync(MemoryScope scope, Guid turnId, Guid userMessageId, string text, CancellationToken cancellationToken) =>
        Task.FromResult(Command);
}
