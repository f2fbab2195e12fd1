namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>Why an answer ended, from the Messages API's words to OpenAI's.</summary>
internal static class FinishReasons
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> stopReason)
    {
        if (stopReason.SequenceEqual("tool_use"u8))
        {
            return "tool_calls"u8;
        }

        if (stopReason.SequenceEqual("max_tokens"u8) || stopReason.SequenceEqual("model_context_window_exceeded"u8))
        {
            return "length"u8;
        }

        // end_turn, stop_sequence, pause_turn, and what is yet to come.
        return stopReason.SequenceEqual("refusal"u8) ? "content_filter"u8 : "stop"u8;
    }
}
