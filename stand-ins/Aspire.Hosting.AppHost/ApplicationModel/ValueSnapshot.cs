namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set later; readers wait for it.</summary>
public sealed class ValueSnapshot<T>
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsValueSet => _first.Task.IsCompletedSuccessfully;

    internal T Value => _first.Task.Result;

    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) => _first.Task.WaitAsync(cancellationToken);

    public void SetValue(T value)
    {
        lock (_gate)
        {
            if (!_first.TrySetResult(value))
            {
                _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _first.SetResult(value);
            }
        }
    }

    public void SetException(Exception exception) => _first.TrySetException(exception);
}
