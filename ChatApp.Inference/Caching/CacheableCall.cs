using System.Text.Json;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Caching;

/// <summary>
/// Which calls have one answer only. A chat or completion has when its temperature is 0, said explicitly; embeddings always have. The rest of
/// the body must be of properties that are known to change nothing but the text: tools, searches and whatever is new may do more. A seed,
/// several choices or log probabilities are fine, being part of the key.
/// </summary>
internal static class CacheableCall
{
    /// <summary>Whether the call's answer may be kept, and a kept one given.</summary>
    public static bool Is(GatewayCall call)
    {
        // Whom nobody named could be anybody.
        if (call is { IsShared: false, Caller: "" } || call.Body.HasTools)
        {
            return false;
        }

        return (call.Kind == CallKind.Embedding || call.Body.Temperature == 0) && HasKnownPropertiesOnly(call.Body.Json.Span);
    }

    private static bool HasKnownPropertiesOnly(ReadOnlySpan<byte> json)
    {
        // It has been read before, so that it is an object.
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!IsKnown(reader))
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }

    private static bool IsKnown(in Utf8JsonReader name) =>
        name.ValueTextEquals("model"u8)
        || name.ValueTextEquals("messages"u8)
        || name.ValueTextEquals("prompt"u8)
        || name.ValueTextEquals("input"u8)
        || name.ValueTextEquals("temperature"u8)
        || name.ValueTextEquals("top_p"u8)
        || name.ValueTextEquals("top_k"u8)
        || name.ValueTextEquals("min_p"u8)
        || name.ValueTextEquals("seed"u8)
        || name.ValueTextEquals("n"u8)
        || name.ValueTextEquals("stop"u8)
        || name.ValueTextEquals("max_tokens"u8)
        || name.ValueTextEquals("max_completion_tokens"u8)
        || name.ValueTextEquals("logprobs"u8)
        || name.ValueTextEquals("top_logprobs"u8)
        || name.ValueTextEquals("logit_bias"u8)
        || name.ValueTextEquals("frequency_penalty"u8)
        || name.ValueTextEquals("presence_penalty"u8)
        || name.ValueTextEquals("repeat_penalty"u8)
        || name.ValueTextEquals("response_format"u8)
        || name.ValueTextEquals("reasoning_effort"u8)
        || name.ValueTextEquals("verbosity"u8)
        || name.ValueTextEquals("suffix"u8)
        || name.ValueTextEquals("echo"u8)
        || name.ValueTextEquals("grammar"u8)
        || name.ValueTextEquals("cache_prompt"u8)
        || name.ValueTextEquals("chat_template_kwargs"u8)
        || name.ValueTextEquals("encoding_format"u8)
        || name.ValueTextEquals("dimensions"u8)
        || name.ValueTextEquals("stream"u8)
        || name.ValueTextEquals("stream_options"u8)
        || name.ValueTextEquals("user"u8)
        || name.ValueTextEquals("prompt_cache_key"u8)
        || name.ValueTextEquals("safety_identifier"u8);
}
