using ChatApp.Web.Api;

namespace ChatApp.Web.Memory;

/// <summary>What one character remembers of the signed-in person, as the Api has it. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class MemoryApi(ApiClient api)
{
    private const int PageSize = 30;

    /// <summary>The switches and the numbers.</summary>
    public Task<MemorySettings> GetAsync(Guid character, CancellationToken cancellationToken)
        => api.GetAsync(Settings(character), ApiJson.Default.MemorySettings, cancellationToken);

    /// <summary>Sets both switches.</summary>
    public Task<MemorySettings> SetAsync(Guid character, MemorySwitches switches, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, Settings(character), switches, ApiJson.Default.MemorySwitches, ApiJson.Default.MemorySettings, cancellationToken);

    /// <summary>A page of memories, newest first; with a query the best matches, which are one page.</summary>
    public Task<Page<StoredMemory>> ListAsync(Guid character, MemoryQuery query, string? cursor, CancellationToken cancellationToken)
    {
        var path = $"{List(character)}?limit={PageSize}{(query.PinnedOnly ? "&pinned=true" : "")}";
        path += query.Text is { } text ? $"&q={Uri.EscapeDataString(text)}" : cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
        return api.GetAsync(path, ApiJson.Default.PageStoredMemory, cancellationToken);
    }

    /// <summary>Adds a note.</summary>
    public Task<StoredMemory> AddAsync(Guid character, NewMemory memory, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, List(character), memory, ApiJson.Default.NewMemory, ApiJson.Default.StoredMemory, cancellationToken);

    /// <summary>Rewrites, pins or unpins one.</summary>
    public Task<StoredMemory> ChangeAsync(Guid character, Guid memory, MemoryChange change, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Patch, $"{List(character)}/{memory}", change, ApiJson.Default.MemoryChange, ApiJson.Default.StoredMemory, cancellationToken);

    /// <summary>Forgets one for good.</summary>
    public Task DeleteAsync(Guid character, Guid memory, CancellationToken cancellationToken)
        => api.DeleteAsync($"{List(character)}/{memory}", cancellationToken);

    /// <summary>Forgets all for good.</summary>
    public Task WipeAsync(Guid character, CancellationToken cancellationToken) => api.DeleteAsync(List(character), cancellationToken);

    private static string Settings(Guid character) => $"api/characters/{character}/memory";

    private static string List(Guid character) => $"api/characters/{character}/memories";
}
