namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Remembers pulls as long as the process lives: for a gateway that has no Postgres.</summary>
internal sealed class MemoryPullStore : IPullStore
{
    private const int Remembered = 50;

    private readonly Lock _changing = new();
    private readonly List<Pull> _newest = [];

    public Task<Pull?> BeginAsync(Pull pull, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            var same = _newest.Find(other => other.EndedAt is null && other.Engine == pull.Engine && other.Model == pull.Model);
            if (same is null)
            {
                _newest.Insert(0, pull);
                if (_newest.Count > Remembered && _newest.FindLastIndex(static other => other.EndedAt is not null) is >= 0 and var oldest)
                {
                    _newest.RemoveAt(oldest);
                }
            }

            return Task.FromResult(same);
        }
    }

    public Task<bool> SaveAsync(Pull pull, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            var index = _newest.FindIndex(other => other.Id == pull.Id);
            if (index >= 0)
            {
                _newest[index] = pull;
            }

            return Task.FromResult(false);
        }
    }

    public Task<List<Pull>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            return Task.FromResult(_newest.Take(Remembered).ToList());
        }
    }

    public Task<Pull?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        lock (_changing)
        {
            return Task.FromResult(_newest.Find(pull => pull.Id == id));
        }
    }

    public Task CancelAsync(Guid id, CancellationToken cancellationToken) => Task.CompletedTask;
}
