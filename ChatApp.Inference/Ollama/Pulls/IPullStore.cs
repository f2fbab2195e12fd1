namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Where pulls are noted, so that they can be told of.</summary>
internal interface IPullStore
{
    /// <summary>Notes a new pull, unless one of the same model by the same engine runs; then that one is returned.</summary>
    Task<Pull?> BeginAsync(Pull pull, CancellationToken cancellationToken);

    /// <summary>Notes how a pull stands, and that its process lives; says whether somebody wants it to end.</summary>
    Task<bool> SaveAsync(Pull pull, CancellationToken cancellationToken);

    /// <summary>The newest, at most 50.</summary>
    Task<List<Pull>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One; null when it is not known, or not any more.</summary>
    Task<Pull?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Asks the process that runs it to end it.</summary>
    Task CancelAsync(Guid id, CancellationToken cancellationToken);
}
