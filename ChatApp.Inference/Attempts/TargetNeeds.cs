using ChatApp.Inference.Calls;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Attempts;

/// <summary>What a call needs of a target.</summary>
internal static class TargetNeeds
{
    // Estimated at 4 bytes a token; what is twice over the context at that is over it in any language.
    private const int Certainly = 2;

    /// <summary>The capabilities that a target must have.</summary>
    public static ModelCapabilities Capabilities(GatewayCall call)
    {
        var needed = call.Kind switch
        {
            CallKind.Embedding => ModelCapabilities.Embedding,
            CallKind.Completion => ModelCapabilities.Completion,
            _ => ModelCapabilities.Chat,
        };
        return call.Body.HasTools ? needed | ModelCapabilities.Tools : needed;
    }

    /// <summary>Whether the prompt surely does not fit. An image is many bytes and few tokens, so nothing is said of those.</summary>
    public static bool IsTooLong(GatewayCall call, ModelTarget target) =>
        target.ContextTokens is { } context
        && call.EstimatedInputTokens / Certainly > context
        && call.Body.PromptBytes.IndexOf("image_url"u8) < 0;
}
