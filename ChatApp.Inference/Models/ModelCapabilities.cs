namespace ChatApp.Inference.Models;

/// <summary>What a target can do. One that cannot do what a call needs is passed over.</summary>
[Flags]
public enum ModelCapabilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It answers chats.</summary>
    Chat = 1,

    /// <summary>It completes texts.</summary>
    Completion = 2,

    /// <summary>It embeds texts.</summary>
    Embedding = 4,

    /// <summary>It calls tools.</summary>
    Tools = 8,

    /// <summary>It sees images.</summary>
    Images = 16,

    /// <summary>Everything: what is assumed when nothing is said.</summary>
    Any = Chat | Completion | Embedding | Tools | Images,
}
