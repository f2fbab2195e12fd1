using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>A built application.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly BuilderInterception? _interception = BuilderInterception.Current;
    private readonly ApplicationOrchestrator _orchestrator;
    private int _isDisposed;

    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
        _orchestrator = host.Services.GetRequiredService<ApplicationOrchestrator>();
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
        {
            throw new DistributedApplicationException("The stand-in for Aspire.Hosting cannot publish: publishing needs the real Aspire packages.");
        }

        await _host.StartAsync(cancellationToken);
        await _orchestrator.StartAsync(cancellationToken);
    }

    public virtual async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _orchestrator.StopAsync(cancellationToken);
        await _host.StopAsync(cancellationToken);
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until it is told to stop, or cannot go on; then the process' exit code is 1.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_interception is not null)
        {
            await _interception.WhenDisposedAsync(cancellationToken);
            return;
        }

        string? failure = null;
        try
        {
            await StartAsync(cancellationToken);
            var stopping = new TaskCompletionSource();
            await using var onStopping = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => stopping.TrySetResult());
            await using var onCancelled = cancellationToken.Register(() => stopping.TrySetResult());
            await Task.WhenAny(stopping.Task, _orchestrator.Failed);
            failure = _orchestrator.Failed.IsCompletedSuccessfully && !stopping.Task.IsCompleted ? _orchestrator.Failed.Result : null;
        }
        catch (DistributedApplicationException e)
        {
            failure = e.Message;
        }

        if (failure is not null)
        {
            await Console.Error.WriteLineAsync($"The application cannot run: {failure}");
        }

        await StopAsync(CancellationToken.None);
        if (failure is not null)
        {
            // A program may return 0 after Run, because the package's Run never ends like this.
            Environment.Exit(1);
        }
    }

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            await _orchestrator.StopAsync(CancellationToken.None);
            _interception?.OnDisposed();
            if (_host is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                _host.Dispose();
            }
        }

        GC.SuppressFinalize(this);
    }
}
