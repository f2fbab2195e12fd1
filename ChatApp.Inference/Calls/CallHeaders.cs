namespace ChatApp.Inference.Calls;

/// <summary>The headers that a caller may say more with, and those that the gateway answers with.</summary>
internal static class CallHeaders
{
    /// <summary>On whose behalf: an opaque name of at most 100 characters, by which places in queues, budgets and usage are told apart. Without it, the body's <c>user</c>.</summary>
    public const string Caller = "ChatApp-Caller";

    /// <summary>What calls with a common beginning share, such as a conversation's id; at most 100 characters. Without it, the body's <c>prompt_cache_key</c>.</summary>
    public const string Conversation = "ChatApp-Conversation";

    /// <summary>How many milliseconds the first byte may take, queue and retries included.</summary>
    public const string Deadline = "ChatApp-Deadline";

    /// <summary>Says <c>shared</c> where an answer has nothing of one person in it, so that a cached one may be given to others too.</summary>
    public const string Cache = "ChatApp-Cache";

    /// <summary>Says <c>only</c> where what is sent must not leave the operator's own machines: targets outside are then passed over.</summary>
    public const string Inside = "ChatApp-Inside";

    /// <summary>In the answer: how the call went, such as <c>model=llama3.2; engine=gpu-1; placed=kept; attempts=2; queued=12; tried=gpu-2:connect</c>.</summary>
    public const string Route = "ChatApp-Route";
}
