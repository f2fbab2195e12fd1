namespace ChatApp.Api.Models;

/// <summary>On whose behalf the gateway is asked: what it keeps queues, budgets, usage and places by. It never reaches an engine.</summary>
/// <param name="Caller">An opaque name of at most 100 characters: an account's id, or one of the background's. Never an e-mail address or a name.</param>
/// <param name="Conversation">What calls with a common beginning share; null where they share none.</param>
/// <param name="Patience">How long the first byte may take, queue and retries included; null for as long as the gateway likes.</param>
/// <param name="StaysInside">Whether what is sent must not reach a provider outside, whatever the gateway's model is made of at that moment.</param>
internal sealed record CallOrigin(string Caller, string? Conversation = null, TimeSpan? Patience = null, bool StaysInside = false)
{
    // The libraries between a feature and its HTTP request carry nothing through for us.
    private static readonly AsyncLocal<CallOrigin?> Ambient = new();

    /// <summary>What facts are drawn under. Work in the background is the operator's choice and not in anybody's budget: it has budgets of its own by these names.</summary>
    public static CallOrigin Facts { get; } = new("background-facts");

    /// <summary>What summaries are written under.</summary>
    public static CallOrigin Summaries { get; } = new("background-summaries");

    /// <summary>What memories and documents are embedded under: a batch is of many people.</summary>
    public static CallOrigin Embeddings { get; } = new("background-embeddings");

    /// <summary>Whose calls are made at the moment; null when nobody has said.</summary>
    public static CallOrigin? Current => Ambient.Value;

    /// <summary>What somebody asks for themselves.</summary>
    public static CallOrigin Of(Guid userId, Guid? conversationId = null, TimeSpan? patience = null) =>
        new(userId.ToString(), conversationId?.ToString(), patience);

    /// <summary>Makes the calls of this flow its own, until what is returned is disposed.</summary>
    public IDisposable Begin()
    {
        var before = Ambient.Value;
        Ambient.Value = this;
        return new Ending(before);
    }

    private sealed class Ending(CallOrigin? before) : IDisposable
    {
        public void Dispose() => Ambient.Value = before;
    }
}
