namespace Microsoft.Extensions.AI;

/// <summary>Changes a copy: the caller's options are borrowed.</summary>
public sealed class ConfigureOptionsChatClient : DelegatingChatClient
{
    private readonly Action<ChatOptions> _configure;

    public ConfigureOptionsChatClient(IChatClient innerClient, Action<ChatOptions> configure)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configure = configure;
    }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Configured(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Configured(options), cancellationToken);

    private ChatOptions Configured(ChatOptions? options)
    {
        var copy = options?.Clone() ?? new ChatOptions();
        _configure(copy);
        return copy;
    }
}
