namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>What one side says until the other does. The API takes turns, so messages in a row of one side become one.</summary>
internal sealed class MessageTurn(bool isAssistant)
{
    private int _results;

    public bool IsAssistant { get; } = isAssistant;

    public List<Block> Blocks { get; } = [];

    /// <summary>Adds a block; results of tools go before all else, as the API wants them.</summary>
    public void Add(Block block)
    {
        if (block.Kind == BlockKind.ToolResult)
        {
            Blocks.Insert(_results++, block);
        }
        else
        {
            Blocks.Add(block);
        }
    }
}
