using OllamaSharp.Models;

namespace OllamaSharp;

public interface IOllamaApiClient
{
    Uri Uri { get; }

    string SelectedModel { get; set; }

    Task DeleteModelAsync(DeleteModelRequest request, CancellationToken cancellationToken = default);

    Task<IEnumerable<Model>> ListLocalModelsAsync(CancellationToken cancellationToken = default);

    Task<IEnumerable<RunningModel>> ListRunningModelsAsync(CancellationToken cancellationToken = default);

    IAsyncEnumerable<PullModelResponse?> PullModelAsync(PullModelRequest request, CancellationToken cancellationToken = default);

    Task<ShowModelResponse> ShowModelAsync(ShowModelRequest request, CancellationToken cancellationToken = default);

    Task<bool> IsRunningAsync(CancellationToken cancellationToken = default);

    Task<string> GetVersionAsync(CancellationToken cancellationToken = default);
}
