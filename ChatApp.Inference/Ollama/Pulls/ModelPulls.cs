using System.Collections.Concurrent;
using ChatApp.Inference.Admin;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Runs pulls in the background, some at once for each engine, and tells of those of all gateways that share a database.</summary>
internal sealed partial class ModelPulls(
    PullReading reading, IPullStore store, EngineReadiness readiness, IOptions<PullOptions> options, TimeProvider time, ILogger<ModelPulls> logger)
    : IHostedService, IDisposable
{
    private const int LastTries = 20;
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, RunningPull> _running = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _beginning = new(1);
    private bool _isStopping;

    /// <summary>Begins a pull, or finds the one of the same model that runs.</summary>
    /// <returns>The pull and whether it is new, or why there is none.</returns>
    public async Task<(Pull? Pull, bool IsNew, GatewayError? Refusal)> BeginAsync(EngineOptions engine, string model, CancellationToken cancellationToken)
    {
        await _beginning.WaitAsync(cancellationToken);
        try
        {
            var others = _running.Values.Where(other => string.Equals(other.Engine.Name, engine.Name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (others.Find(other => ModelName.IsSame(other.Current.Model, model)) is { } same)
            {
                return (same.Current, false, null);
            }

            var most = options.Value.PerEngine + options.Value.MaxWaiting;
            if (others.Count >= most || _isStopping)
            {
                return (null, false, new GatewayError(
                    429, "rate_limit_error", "too_many_requests", $"{others.Count} pulls run or wait at '{engine.Name}' (Gateway:Pulls). Wait for one to end, or cancel one."));
            }

            var pull = new Pull(Guid.CreateVersion7(), engine.Name, model, PullStatus.Pulling, "waits for its turn", 0, 0, time.GetUtcNow());
            try
            {
                if (await store.BeginAsync(pull, cancellationToken) is { } elsewhere)
                {
                    return (elsewhere, false, null);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                return (null, false, AdminErrors.StorageUnavailable);
            }

            var running = new RunningPull(pull, engine);
            _running[pull.Id] = running;
            running.Work = Task.Run(() => RunAsync(running), CancellationToken.None);
            return (pull, true, null);
        }
        finally
        {
            _beginning.Release();
        }
    }

    /// <summary>The newest pulls, at most 50.</summary>
    /// <exception cref="NpgsqlException">Postgres is away.</exception>
    public async Task<List<Pull>> ListAsync(CancellationToken cancellationToken) =>
        // What runs here is known better here.
        (await store.ListAsync(cancellationToken)).ConvertAll(pull => _running.TryGetValue(pull.Id, out var running) ? running.Current : pull);

    /// <summary>One pull; null when it is not known.</summary>
    /// <exception cref="NpgsqlException">Postgres is away.</exception>
    public async Task<Pull?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        _running.TryGetValue(id, out var running) ? running.Current : await store.FindAsync(id, cancellationToken);

    /// <summary>How a pull stands, and what completes when that may have changed: soon, or with the clock for one of another process.</summary>
    /// <exception cref="NpgsqlException">Postgres is away.</exception>
    public async Task<(Pull? Pull, Task Changed)> LookAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(id, out var running))
        {
            var (pull, changed) = running.Look();
            return (pull, changed);
        }

        return (await store.FindAsync(id, cancellationToken), Task.Delay(SaveInterval, time, cancellationToken));
    }

    /// <summary>Ends a pull; false when there is none of that id. One that has ended stays as it is.</summary>
    /// <exception cref="NpgsqlException">Postgres is away.</exception>
    public async Task<bool> CancelAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(id, out var running))
        {
            running.End(PullStatus.Cancelled);
            await Task.WhenAny(running.Work, Task.Delay(EndPatience, time, cancellationToken));
            return true;
        }

        await store.CancelAsync(id, cancellationToken);
        return await store.FindAsync(id, cancellationToken) is not null;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        var running = _running.Values.ToList();
        running.ForEach(static pull => pull.End(PullStatus.Failed));
        await Task.WhenAll(running.ConvertAll(static pull => pull.Work)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _beginning.Dispose();
        foreach (var places in _places.Values)
        {
            places.Dispose();
        }
    }

    private async Task RunAsync(RunningPull running)
    {
        using var saved = new CancellationTokenSource();
        var saving = SaveAsync(running, saved.Token);
        var ended = await PullAsync(running) with { EndedAt = time.GetUtcNow() };
        await saved.CancelAsync();
        await saving;
        readiness.Forget();
        LogEnded(ended.Model, ended.Engine, ended.Status, ended.Error);

        // Shown once it is kept, so that every gateway tells the same from then on.
        await SaveLastAsync(ended);
        running.Set(ended);
        _running.TryRemove(ended.Id, out _);
        running.Dispose();
    }

    private async Task<Pull> PullAsync(RunningPull running)
    {
        var places = _places.GetOrAdd(running.Engine.Name, _ => new SemaphoreSlim(options.Value.PerEngine));
        try
        {
            await places.WaitAsync(running.Cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            return PullReading.Ended(running);
        }

        try
        {
            return await reading.RunAsync(running);
        }
        finally
        {
            places.Release();
        }
    }

    // Once a second, so that other processes can show it, and see that this one lives.
    private async Task SaveAsync(RunningPull running, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(SaveInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested && await TrySaveAsync(running.Current, cancellationToken) is true)
            {
                running.End(PullStatus.Cancelled);
            }
        }
    }

    private async Task SaveLastAsync(Pull ended)
    {
        for (var i = 0; i < LastTries && await TrySaveAsync(ended, CancellationToken.None) is null && !_isStopping; i++)
        {
            await Task.Delay(SaveInterval, time);
        }
    }

    /// <summary>Whether it is to end; null when it was not saved.</summary>
    private async Task<bool?> TrySaveAsync(Pull pull, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SaveAsync(pull, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "The pull of {Model} by {Engine} has {Status}. {Error}")]
    private partial void LogEnded(string model, string engine, string status, string? error);
}
