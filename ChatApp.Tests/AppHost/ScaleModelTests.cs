using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>The Api's two roles: in one process, or apart.</summary>
public sealed class ScaleModelTests
{
    private const string Local = "--ChatApp:RunOn=local";

    [Fact]
    public async Task Roles_Usually_AreOneProcess()
    {
        await using var model = await AppHostModel.CreateAsync(Local);

        Assert.DoesNotContain("worker", model.Names);
        Assert.Equal("all", (await model.EnvironmentAsync("api"))["ChatApp__Role"]);
        Assert.Equal(1, Replicas(model, "api"));
    }

    [Theory]
    [InlineData("--ChatApp:RunOn=local")]
    [InlineData("--ChatApp:RunOn=containers")]
    public async Task Roles_Scale_AreTwoProcessesEach(string way)
    {
        await using var model = await AppHostModel.CreateAsync(way, "--ChatApp:Scale=true");

        Assert.Equal([("api", 2), ("worker", 2)], model.Names.Where(static name => name is "api" or "worker").Select(name => (name, Replicas(model, name))));
        Assert.Equal("api", (await model.EnvironmentAsync("api"))["ChatApp__Role"]);
        Assert.Equal("worker", (await model.EnvironmentAsync("worker"))["ChatApp__Role"]);
        Assert.NotEmpty(model["worker"].Annotations.OfType<HealthCheckAnnotation>());
    }

    [Fact]
    public async Task Ports_Scale_AreTheLaunchProfilesForTheApiOnly()
    {
        await using var model = await AppHostModel.CreateAsync(Local, "--ChatApp:Scale=true");

        Assert.NotNull(Endpoint(model, "api").Port);
        Assert.Null(Endpoint(model, "worker").Port);
        Assert.DoesNotContain(model.Names, name => model[name].Annotations.OfType<EndpointAnnotation>().Any(static e => e.IsExternal) && name != "web");
    }

    [Fact]
    public async Task Secrets_RolesApart_AreEachRolesOwn()
    {
        await using var model = await AppHostModel.CreateAsync(Local, "--ChatApp:Scale=true");

        var api = await model.EnvironmentAsync("api");
        var worker = await model.EnvironmentAsync("worker");

        Assert.DoesNotContain("Inference__Key", api.Keys);
        Assert.DoesNotContain("Auth__Secret", worker.Keys);
    }

    [Fact]
    public async Task Publish_Always_HasTheRolesApartAndTheWorkerWithoutIngress()
    {
        await using var model = await AppHostModel.CreateAsync("--publisher", "manifest");

        Assert.Equal("api", (await model.EnvironmentAsync("api"))["ChatApp__Role"]);
        Assert.Equal("worker", (await model.EnvironmentAsync("worker"))["ChatApp__Role"]);
        Assert.Empty(model["worker"].Annotations.OfType<EndpointAnnotation>());
        Assert.NotEmpty(model["api"].Annotations.OfType<EndpointAnnotation>());
        Assert.DoesNotContain("Turns__Drain", (await model.EnvironmentAsync("worker")).Keys);
    }

    [Theory]
    [InlineData("", "00:00:05")]
    [InlineData("--Turns:Drain=00:01:00", null)]
    public async Task Drain_OnThisMachine_IsShortUnlessTheOperatorSaysSo(string argument, string? expected)
    {
        await using var model = argument.Length == 0 ? await AppHostModel.CreateAsync(Local) : await AppHostModel.CreateAsync(Local, argument);

        Assert.Equal(expected, (await model.EnvironmentAsync("api")).GetValueOrDefault("Turns__Drain"));
    }

    private static int Replicas(AppHostModel model, string name) =>
        model[name].Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    private static EndpointAnnotation Endpoint(AppHostModel model, string name) =>
        Assert.Single(model[name].Annotations.OfType<EndpointAnnotation>());
}
