using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Running;

namespace ChatApp.Api.Turns;

/// <summary>
/// The order in which a process lets go, before its server stops to listen: it claims no more turns, finishes or gives back
/// those it has while their readers still follow, and closes their streams. Without a worker, streams close at once.
/// </summary>
internal sealed class TurnShutdown(IEnumerable<TurnWorker> workers, IEnumerable<OpenReaders> readers) : IHostedLifecycleService
{
    private static readonly TimeSpan Delivery = TimeSpan.FromMilliseconds(250);

    private readonly TurnWorker[] _workers = [.. workers];
    private readonly OpenReaders[] _readers = [.. readers];

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_workers.Select(worker => worker.StopAsync(cancellationToken)));
        }
        finally
        {
            foreach (var open in _readers)
            {
                open.Close(_workers is [] ? TimeSpan.Zero : Delivery);
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
