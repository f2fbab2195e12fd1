namespace ChatApp.Api.Moderation.Answers;

/// <summary>A stage cannot go on, because a policy blocks what was said or answered.</summary>
internal sealed class TurnBlockedException(TurnBlock block, Exception? inner = null) : Exception(block.Notice, inner)
{
    public TurnBlock Block { get; } = block;
}
