using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Placement;

/// <summary>How many calls an engine answers at once where neither the configuration nor the engine says.</summary>
internal static class UsualSlots
{
    /// <summary>Something that has llama-server's <c>/health</c> and not its <c>/props</c>: nothing is known of it, and it most likely bounds itself.</summary>
    public const int OfUnknown = 256;

    public static int Of(EngineKind kind) => kind switch
    {
        // llama-server's own default (--parallel); asked for in GET /props.
        EngineKind.LlamaCpp => 4,

        // OLLAMA_NUM_PARALLEL's default. It has no way to be asked, and queues what is more, in the order in which it came.
        EngineKind.Ollama => 1,

        // vLLM's max_num_seqs. What is more waits there for memory, in the order in which it came.
        EngineKind.OpenAI => 256,

        // Providers bound calls a minute, not at once, and say so with 429; this only keeps one gateway from opening connections without end.
        _ => 256,
    };
}
