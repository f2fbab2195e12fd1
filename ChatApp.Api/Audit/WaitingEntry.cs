namespace ChatApp.Api.Audit;

/// <summary>An entry that somebody waits for to be saved.</summary>
internal sealed class WaitingEntry(AuditEntry entry)
{
    private readonly TaskCompletionSource _saved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AuditEntry Entry => entry;

    /// <summary>Ends when it is saved, or throws what kept it from that.</summary>
    public Task Saved => _saved.Task;

    public void Done() => _saved.TrySetResult();

    public void Failed(Exception exception) => _saved.TrySetException(exception);
}
