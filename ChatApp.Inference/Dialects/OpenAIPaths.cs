using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Dialects;

/// <summary>Where OpenAI's API takes a call, under its prefix.</summary>
internal static class OpenAIPaths
{
    public static string Operation(CallKind kind) => kind switch
    {
        CallKind.Embedding => "embeddings",
        CallKind.Completion => "completions",
        _ => "chat/completions",
    };
}
