namespace ChatApp.Api.Models;

/// <summary>Turns texts into vectors whose nearness is nearness of meaning, where the operator has configured a model for it.</summary>
internal interface ITextEmbedder
{
    /// <summary>The model's name, by which vectors are told apart; null where none is configured, and then nothing may be embedded.</summary>
    string? Model { get; }

    /// <summary>Whether the model is an outside provider's, which people can keep their memories from.</summary>
    bool IsOutside { get; }

    /// <summary>Embeds a question; null when the model does not answer within a moment, so that nobody waits for it.</summary>
    Task<float[]?> EmbedQueryAsync(string text, CancellationToken cancellationToken);

    /// <summary>Embeds texts to be found, in the order given, all of the same length as the model's other vectors.</summary>
    /// <exception cref="HttpRequestException">The model did not answer, or not with vectors.</exception>
    Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
