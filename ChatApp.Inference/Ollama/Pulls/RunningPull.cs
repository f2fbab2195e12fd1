using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>A pull that this process runs.</summary>
internal sealed class RunningPull(Pull pull, EngineOptions engine) : IDisposable
{
    private readonly Lock _changing = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The engine as it was when the pull began.</summary>
    public EngineOptions Engine { get; } = engine;

    /// <summary>How it stands.</summary>
    public Pull Current { get; private set; } = pull;

    /// <summary>Ends it.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Why it was ended; null while nobody ended it.</summary>
    public string? EndedBy { get; private set; }

    /// <summary>What runs it; ends when the pull has, and never fails.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>How it stands, and what completes with the next change.</summary>
    public (Pull Pull, Task Changed) Look()
    {
        lock (_changing)
        {
            return (Current, _changed.Task);
        }
    }

    /// <summary>Says how it stands now.</summary>
    public void Set(Pull pull)
    {
        TaskCompletionSource before;
        lock (_changing)
        {
            Current = pull;
            before = _changed;
            _changed = NewSignal();
        }

        before.SetResult();
    }

    /// <summary>Ends it.</summary>
    /// <param name="status">How it will stand then.</param>
    public void End(string status)
    {
        EndedBy ??= status;
        Cancellation.Cancel();
    }

    public void Dispose() => Cancellation.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
