namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>A model on its way to an engine.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Engine">The engine's name.</param>
/// <param name="Model">The model's, as it was asked for.</param>
/// <param name="Status">One of <see cref="PullStatus"/>.</param>
/// <param name="Detail">What the engine does at the moment, in its words.</param>
/// <param name="Completed">Bytes that are there, of all layers that the engine told of.</param>
/// <param name="Total">Bytes of those layers; 0 before the first.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Error">Why it failed, and what to do; null when it did not.</param>
internal sealed record Pull(
    Guid Id,
    string Engine,
    string Model,
    string Status,
    string Detail,
    long Completed,
    long Total,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    string? Error = null);
