using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatApp.Tests.StandIns;

/// <summary>A model whose answer is known, and that keeps what it was asked.</summary>
internal sealed class ScriptedChatClient(params ChatResponseUpdate[] updates) : IChatClient
{
    public ChatOptions? Options { get; private set; }

    public Exception? Failure { get; init; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Options = options;
        return Failure is null ? Task.FromResult(updates.ToChatResponse()) : Task.FromException<ChatResponse>(Failure);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Options = options;
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", new Uri("http://engine.test:81"), "default-model") : null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
