namespace ChatApp.Api.Models;

/// <summary>Counts tokens as the engine that serves a model does, where it can be asked. Never makes anybody wait for long.</summary>
internal interface ITokenCounter
{
    /// <summary>The model's context in tokens; null when its engine does not tell.</summary>
    Task<int?> ContextAsync(string model, CancellationToken cancellationToken);

    /// <summary>The tokens of each text, in the order given; null when the engine cannot say, or not now.</summary>
    Task<IReadOnlyList<int>?> CountAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
