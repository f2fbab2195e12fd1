using System.Runtime.CompilerServices;
using OpenAI.Chat;

namespace Microsoft.Extensions.AI;

internal sealed class OpenAIChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly ChatClientMetadata _metadata;

    public OpenAIChatClient(ChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _metadata = new ChatClientMetadata("openai", client.Endpoint, client.Model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var result = await _client.CompleteChatAsync(
            OpenAIChatRequest.ToMessages(messages, options),
            OpenAIChatRequest.ToOptions(this, options),
            cancellationToken).ConfigureAwait(false);
        return OpenAIChatResponse.From(result.Value);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var updates = _client.CompleteChatStreamingAsync(
            OpenAIChatRequest.ToMessages(messages, options),
            OpenAIChatRequest.ToOptions(this, options),
            cancellationToken);

        ChatRole? role = null;
        ChatFinishReason? finishReason = null;
        string? model = null;
        await foreach (var update in updates.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Each of the three is sent once, in some chunk, and holds from there on.
            role ??= update.Role is { } sent ? OpenAIChatResponse.ToRole(sent) : null;
            finishReason ??= OpenAIChatResponse.ToFinishReason(update.FinishReason);
            model ??= update.Model;

            var converted = new ChatResponseUpdate
            {
                ResponseId = update.CompletionId,
                MessageId = update.CompletionId,
                CreatedAt = update.CreatedAt,
                FinishReason = finishReason,
                ModelId = model,
                RawRepresentation = update,
                Role = role,
            };
            OpenAIChatResponse.AddContents(converted.Contents, update);
            yield return converted;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // The OpenAI client is its creator's, and holds nothing to release.
    }
}
