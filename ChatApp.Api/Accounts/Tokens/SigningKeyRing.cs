namespace ChatApp.Api.Accounts.Tokens;

/// <summary>The signing keys in memory: what was read once is good while Postgres is away.</summary>
internal sealed class SigningKeyRing(SigningKeyStore store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile IReadOnlyList<SigningKey>? _keys;

    /// <summary>The public keys, to be published.</summary>
    public PublicSigningKeys Public => new([.. Keys.Select(static k => k.Public)]);

    /// <summary>The key that signs now.</summary>
    public SigningKey Current
    {
        get
        {
            var now = time.GetUtcNow();
            return Keys.LastOrDefault(k => k.SignsFrom <= now) ?? Keys[0];
        }
    }

    private IReadOnlyList<SigningKey> Keys => _keys ?? throw new InvalidOperationException("The signing keys are not read yet.");

    /// <summary>The key of this id; null when there is none.</summary>
    public SigningKey? Find(string? id) => _keys?.FirstOrDefault(k => string.Equals(k.Id, id, StringComparison.Ordinal));

    /// <summary>Reads the keys if that was not done yet.</summary>
    public async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        if (_keys is null)
        {
            await ReadAsync(cancellationToken);
        }
    }

    /// <summary>Reads the keys, and sees to it that there is a next one.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            _keys = await store.KeepAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}
