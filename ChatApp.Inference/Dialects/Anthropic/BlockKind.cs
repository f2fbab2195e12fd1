namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>What a block of a message is.</summary>
internal enum BlockKind
{
    Text,
    Image,
    ToolUse,
    ToolResult,
}
