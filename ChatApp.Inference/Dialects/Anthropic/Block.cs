using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>A part of a message, still in the caller's words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">The text, the image's address, the tool's call, or the tool's whole message.</param>
internal readonly record struct Block(BlockKind Kind, JsonElement Source);
