using System.Runtime.CompilerServices;
using System.Text;

namespace ChatApp.Api.Turns.Running;

/// <summary>
/// Turns pieces of text, as fast as a model gives them, into fewer and longer ones: the first passes at once, what comes
/// within a window after that becomes one piece, and the end waits for nothing. A surrogate pair is never taken apart.
/// </summary>
internal sealed class DeltaCoalescer(TimeSpan window, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _pending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Write(string text)
    {
        lock (_gate)
        {
            _pending.Append(text);
            _arrived.TrySetResult();
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public void End() => _ended.TrySetResult();

    /// <summary>The pieces, to be read by one reader, until the end.</summary>
    public async IAsyncEnumerable<string> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!_ended.Task.IsCompleted)
        {
            await Task.WhenAny(Arrived(), _ended.Task).WaitAsync(cancellationToken);
            if (Take(keepHalfPair: true) is { Length: > 0 } piece)
            {
                yield return piece;
                await Task.WhenAny(Task.Delay(window, time, cancellationToken), _ended.Task);
            }
        }

        if (Take(keepHalfPair: false) is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private Task Arrived()
    {
        lock (_gate)
        {
            return _arrived.Task;
        }
    }

    private string Take(bool keepHalfPair)
    {
        lock (_gate)
        {
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var length = _pending.Length;
            if (keepHalfPair && length > 0 && char.IsHighSurrogate(_pending[length - 1]))
            {
                length--;
            }

            var text = _pending.ToString(0, length);
            _pending.Remove(0, length);
            return text;
        }
    }
}
