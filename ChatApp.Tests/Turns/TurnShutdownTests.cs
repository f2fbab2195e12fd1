using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>How a process lets go of its turns and readers when it is told to stop.</summary>
[Trait("Category", "Integration")]
public sealed class TurnShutdownTests(StackFixture stack)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_TurnThatEndsWithinItsDrain_IsReadToItsEndAndTheNextIsNotBegun()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("Turns:Drain", "00:00:20"));
        using var user = await host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        var call = await engine.NextCallAsync();
        using var reader = await user.FollowAsync(turn);
        call.Say("Once");
        await reader.ReadUntilAsync(static e => e.Type == "delta");

        // As a signal does it: the application's lifetime knows first.
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var stopping = host.DisposeAsync().AsTask();
        var next = await user.SayAsync(await user.StartConversationAsync(), "And this?");
        call.Say(" upon a time");
        call.Finish();

        Assert.Equal("completed", (await reader.ReadToEndAsync())[^1].Type);
        await stopping.WaitAsync(Soon, Cancelled);
        Assert.Equal("queued 0", await host.SqlAsync($"SELECT status || ' ' || attempt FROM turns WHERE id = '{next}'"));
    }

    [Fact]
    public async Task Stop_TurnThatOutlastsItsDrain_GoesBackAndItsReadersAreLetGo()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("Turns:Drain", "00:00:01"));
        using var user = await host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        var call = await engine.NextCallAsync();
        using var reader = await user.FollowAsync(turn);
        call.Say("Once");
        await reader.ReadUntilAsync(static e => e.Type == "delta");

        await host.DisposeAsync().AsTask().WaitAsync(Soon, Cancelled);

        Assert.DoesNotContain(await reader.ReadToEndAsync(), static e => e.IsTerminal);
        Assert.Equal("queued 0", await host.SqlAsync($"SELECT status || ' ' || failures FROM turns WHERE id = '{turn}'"));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:45:00")]
    public async Task ShutdownTimeout_AnyDrain_IsLonger(string drain)
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("Turns:Drain", drain));

        var timeout = host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        Assert.InRange(timeout - TimeSpan.Parse(drain, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));
    }
}
