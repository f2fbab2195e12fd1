using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Turns.Events;

/// <summary>The connections of this process on which turns are followed: one clock for all of them, and one end.</summary>
internal sealed class OpenReaders(AccessCutoffs cutoffs, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<IOpenReader> _readers = [];
    private readonly List<IOpenReader> _round = [];
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Takes a reader in until it is removed.</summary>
    public void Add(IOpenReader reader)
    {
        lock (_gate)
        {
            _readers.Add(reader);
        }

        if (_closing.IsCancellationRequested)
        {
            reader.Stop();
        }
    }

    public void Remove(IOpenReader reader)
    {
        lock (_gate)
        {
            _readers.Remove(reader);
        }
    }

    /// <summary>
    /// Asks all readers, and whoever still comes, to go elsewhere. It begins after <paramref name="moment"/>, in which the last events
    /// still reach those who are here.
    /// </summary>
    public void Close(TimeSpan moment) => _closing.CancelAfter(moment);

    /// <summary>Closes the connections of those whose session, key or token has ended.</summary>
    public void Look()
    {
        foreach (var reader in All().Where(HasEnded))
        {
            reader.End();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _closing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var closing = _closing.Token.UnsafeRegister(static state => ((OpenReaders)state!).StopAll(), this);
        using var timer = new PeriodicTimer(Interval, time);
        cutoffs.Changed += OnEnded;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                TickAll();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            StopAll();
        }
        finally
        {
            cutoffs.Changed -= OnEnded;
        }
    }

    private void OnEnded(object? sender, EventArgs e) => Look();

    private bool HasEnded(IOpenReader reader) => time.GetUtcNow() > reader.Access.Expires || cutoffs.HasEnded(reader.Access);

    private void TickAll()
    {
        lock (_gate)
        {
            _round.AddRange(_readers);
        }

        foreach (var reader in _round)
        {
            if (HasEnded(reader))
            {
                reader.End();
            }
            else
            {
                reader.Tick();
            }
        }

        _round.Clear();
    }

    private void StopAll()
    {
        foreach (var reader in All())
        {
            reader.Stop();
        }
    }

    private IOpenReader[] All()
    {
        lock (_gate)
        {
            return [.. _readers];
        }
    }
}
