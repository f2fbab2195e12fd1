using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

/// <summary>Applications of a few shell scripts, really started.</summary>
public sealed class RunModeTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatapp-run-").FullName;
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public RunModeTests()
    {
        _limit.CancelAfter(TimeSpan.FromSeconds(30));
        _builder.Services.AddLogging(logging => logging.ClearProviders());
    }

    public async ValueTask DisposeAsync()
    {
        await _builder.DisposeAsync();
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task StartAsync_WaitFor_StartsWhenTheOtherIsHealthy()
    {
        _builder.Services.AddHealthChecks().AddCheck("store_file", () => File.Exists(PathOf("healthy")) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not yet"));
        var store = Script("store", "sleep 0.3; touch healthy; exec sleep 300").WithHealthCheck("store_file");
        Script("api", "if [ -e healthy ]; then echo yes > order; else echo no > order; fi; exec sleep 300").WaitFor(store);

        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", _limit.Token);
        await FileAsync("order");

        Assert.Equal("yes", (await File.ReadAllTextAsync(PathOf("order"), _limit.Token)).Trim());
    }

    [Fact]
    public async Task StartAsync_WaitForCompletion_StartsWhenTheOtherHasEnded()
    {
        var migration = Script("migration", "sleep 0.2; touch migrated");
        Script("api", "if [ -e migrated ]; then echo yes > order; else echo no > order; fi; exec sleep 300").WaitForCompletion(migration);

        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", _limit.Token);
        await FileAsync("order");

        Assert.Equal("yes", (await File.ReadAllTextAsync(PathOf("order"), _limit.Token)).Trim());
    }

    [Fact]
    public async Task WaitForResourceHealthyAsync_NeededResourceFails_TellsWhichAndItsLastLines()
    {
        _builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var store = Script("store", "echo the disk is full >&2; exit 78").WithHealthCheck("never");
        Script("api", "touch started; exec sleep 300").WaitFor(store);

        await using var app = await StartAsync();
        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("api", _limit.Token));

        Assert.Contains("'store' exited with code 78", e.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is full", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("started")));
    }

    [Fact]
    public async Task StartAsync_WaitForCompletionThatFails_DoesNotStart()
    {
        var migration = Script("migration", "exit 1");
        Script("api", "touch started; exec sleep 300").WaitForCompletion(migration);

        await using var app = await StartAsync();
        var state = await app.ResourceNotifications.WaitForResourceAsync("api", [KnownResourceStates.Running, KnownResourceStates.FailedToStart], _limit.Token);

        Assert.Equal(KnownResourceStates.FailedToStart, state);
    }

    [Fact]
    public async Task Run_NeededResourceFails_EndsWithOneAndTellsWhy()
    {
        using var program = OtherProcess.Start(OtherProcess.FailingApplication);
        var error = await program.StandardError.ReadToEndAsync(_limit.Token);
        await program.WaitForExitAsync(_limit.Token);

        Assert.Equal(1, program.ExitCode);
        Assert.Contains("'store' exited with code 78", error, StringComparison.Ordinal);
        Assert.Contains("the disk is full", error, StringComparison.Ordinal);
        Assert.Contains("It is needed by api.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForResourceHealthyAsync_CommandMissing_TellsThat()
    {
        _builder.AddExecutable("store", "no-such-command", _folder);

        await using var app = await StartAsync();
        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("store", _limit.Token));

        Assert.Contains("'no-such-command' was not found on PATH", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_Dependents_StopFirst()
    {
        var store = Script("store", "trap 'echo store >> stopped; exit 0' TERM; touch store.up; while :; do sleep 0.05; done");
        Script("api", "trap 'sleep 0.2; echo api >> stopped; exit 0' TERM; touch api.up; while :; do sleep 0.05; done").WaitFor(store);
        var app = await StartAsync();
        await FileAsync("store.up");
        await FileAsync("api.up");

        await app.DisposeAsync();

        Assert.Equal(["api", "store"], await File.ReadAllLinesAsync(PathOf("stopped"), _limit.Token));
    }

    [Fact]
    public async Task StartAsync_Container_FailsBeforeAnythingStarts()
    {
        Script("api", "touch started; exec sleep 300");
        _builder.AddRedis("redis");
        await using var app = await _builder.BuildAsync(_limit.Token);

        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(_limit.Token));

        Assert.Contains("redis: a container needs a container runtime", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("started")));
    }

    [Fact]
    public async Task StartAsync_ParametersMissing_NamesEveryKey()
    {
        _builder.AddParameter("one");
        _builder.AddParameterFromConfiguration("two", "Some:Key");
        await using var app = await _builder.BuildAsync(_limit.Token);

        var e = await Assert.ThrowsAsync<MissingParameterValueException>(() => app.StartAsync(_limit.Token));

        Assert.Contains("Parameters:one, Some:Key", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_InPublishMode_SaysThatItCannot()
    {
        await using var publishing = DistributedApplicationTestingBuilder.Create("--publisher", "manifest");
        await using var app = await publishing.BuildAsync(_limit.Token);

        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(_limit.Token));

        Assert.Contains("real Aspire packages", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetConnectionStringAsync_OverAnExecutablesEndpoint_HasItsPort()
    {
        var store = Script("store", "exec sleep 300").WithEndpoint(scheme: "tcp", env: "PORT");
        _builder.AddConnectionString("chatdb", ReferenceExpression.Create($"Port={store.GetEndpoint("tcp").Property(EndpointProperty.Port)}")).WaitFor(store);

        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("chatdb", _limit.Token);

        Assert.Equal($"Port={app.GetEndpoint("store", "tcp").Port}", await app.GetConnectionStringAsync("chatdb", _limit.Token));
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private IResourceBuilder<ExecutableResource> Script(string name, string script) => _builder.AddExecutable(name, "sh", _folder, "-c", script);

    private async Task<DistributedApplication> StartAsync()
    {
        var app = await _builder.BuildAsync(_limit.Token);
        await app.StartAsync(_limit.Token);
        return app;
    }

    /// <summary>A script has started when the shell runs, which is a moment before its first line has been executed.</summary>
    private async Task FileAsync(string file)
    {
        while (!File.Exists(PathOf(file)) || (file == "order" && new FileInfo(PathOf(file)).Length == 0))
        {
            await Task.Delay(20, _limit.Token);
        }
    }
}
