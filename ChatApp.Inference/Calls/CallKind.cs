namespace ChatApp.Inference.Calls;

/// <summary>What a call asks an engine to do.</summary>
internal enum CallKind
{
    /// <summary><c>POST /v1/chat/completions</c>.</summary>
    Chat,

    /// <summary><c>POST /v1/completions</c>.</summary>
    Completion,

    /// <summary><c>POST /v1/embeddings</c>.</summary>
    Embedding,
}
