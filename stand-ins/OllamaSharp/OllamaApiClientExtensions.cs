using OllamaSharp.Models;

namespace OllamaSharp;

public static class OllamaApiClientExtensions
{
    public static Task DeleteModelAsync(this IOllamaApiClient client, string model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.DeleteModelAsync(new DeleteModelRequest { Model = model }, cancellationToken);
    }

    public static IAsyncEnumerable<PullModelResponse?> PullModelAsync(this IOllamaApiClient client, string model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.PullModelAsync(new PullModelRequest { Model = model }, cancellationToken);
    }

    public static Task<ShowModelResponse> ShowModelAsync(this IOllamaApiClient client, string model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.ShowModelAsync(new ShowModelRequest { Model = model }, cancellationToken);
    }
}
