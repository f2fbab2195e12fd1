namespace ChatApp.Tests.Inference.Placement;

/// <summary>An engine that keeps the prompts it read last, up to so many tokens, and takes its time for what it has to read anew.</summary>
internal sealed class FakeEngine(long cacheTokens)
{
    private static readonly TimeSpan Prefill = TimeSpan.FromMilliseconds(0.5);
    private static readonly TimeSpan Decode = TimeSpan.FromMilliseconds(10);

    private readonly LinkedList<(string Conversation, int Tokens)> _newest = [];
    private readonly Dictionary<string, LinkedListNode<(string Conversation, int Tokens)>> _cached = new(StringComparer.Ordinal);
    private long _used;

    /// <summary>Tokens of the prompt that it has read before.</summary>
    public int Cached(string conversation, int promptTokens) => _cached.TryGetValue(conversation, out var node) ? Math.Min(node.Value.Tokens, promptTokens) : 0;

    /// <summary>How long an answer takes.</summary>
    public static TimeSpan Time(int newTokens, int answerTokens) => (Prefill * newTokens) + (Decode * answerTokens);

    /// <summary>Keeps the prompt and its answer, and drops what was not used for longest.</summary>
    public void Read(string conversation, int tokens)
    {
        if (_cached.Remove(conversation, out var node))
        {
            _newest.Remove(node);
            _used -= node.Value.Tokens;
        }

        _cached.Add(conversation, _newest.AddFirst((conversation, tokens)));
        _used += tokens;
        while (_used > cacheTokens)
        {
            var oldest = _newest.Last!.Value;
            _newest.RemoveLast();
            _cached.Remove(oldest.Conversation);
            _used -= oldest.Tokens;
        }
    }
}
