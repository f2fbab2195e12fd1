using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's own program on a thread of its own. It is held at Build until the test wants the application, and
/// at Run until the application is disposed.
/// </summary>
internal sealed class AppHostProgram(Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderInterception
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _buildWanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = entryPoint.Assembly.EntryPoint
            ?? throw new InvalidOperationException($"Assembly of specified type {entryPoint.Name} does not have an entry point.");
        new Thread(() => Run(main)) { IsBackground = true, Name = "AppHost" }.Start();
        try
        {
            return await _builder.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Abandon();
            throw;
        }
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _buildWanted.TrySetResult(true);
        return _application.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends a program whose application nobody wants.</summary>
    public void Abandon() => _buildWanted.TrySetResult(false);

    public override void OnCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestingDefaults.Apply(options, settings, args, entryPoint.Assembly, configure);

    public override void OnBuilding(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        if (!_buildWanted.Task.GetAwaiter().GetResult())
        {
            throw new OperationCanceledException("The test disposed the builder without building the application.");
        }
    }

    public override void OnBuilt(DistributedApplication application) => _application.TrySetResult(application);

    public override void OnDisposed() => _disposed.TrySetResult();

    public override Task WhenDisposedAsync(CancellationToken cancellationToken) => _disposed.Task.WaitAsync(cancellationToken);

    private void Run(MethodInfo main)
    {
        Current = this;
        try
        {
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, main.GetParameters().Length == 0 ? null : [args], culture: null);
            Fail(new InvalidOperationException($"The AppHost {entryPoint.Assembly.GetName().Name} ended without building an application."));
        }
        catch (Exception e)
        {
            // It goes to the test, which waits for the builder or the application.
            Fail(e);
        }
    }

    private void Fail(Exception e)
    {
        if (!_builder.TrySetException(e) && !_application.TrySetException(e) && !_disposed.Task.IsCompleted)
        {
            Console.Error.WriteLine($"The AppHost's program failed after it had built the application: {e}");
        }
    }
}
