using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Keeps changes as long as the process lives: for a gateway that has no Postgres.</summary>
internal sealed class MemoryModelStore : IModelStore
{
    private readonly Lock _changing = new();
    private StoredModels _stored = StoredModels.None;

    public Task<long> VersionAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref _stored).Version);

    public Task<StoredModels> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Volatile.Read(ref _stored));

    public Task<StoredOutcome> ChangeAsync(StoredChange change, Func<StoredModels, GatewayError?> judge, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            var refusal = judge(_stored);
            if (refusal is null)
            {
                _stored = _stored.With(change) with { Version = _stored.Version + 1 };
            }

            return Task.FromResult(new StoredOutcome(_stored, refusal));
        }
    }
}
