namespace ChatApp.Api.Turns.Running;

/// <summary>A stage cannot go on, for a reason that it can name.</summary>
internal sealed class TurnFailedException(TurnFailure failure, Exception? inner = null) : Exception(failure.Detail, inner)
{
    public TurnFailure Failure { get; } = failure;
}
