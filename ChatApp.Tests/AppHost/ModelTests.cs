using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>What holds in every way of running.</summary>
public sealed class ModelTests
{
    public static TheoryData<string[]> Ways => new(["--ChatApp:RunOn=local"], ["--ChatApp:RunOn=containers"], ["--publisher", "manifest"]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task External_EveryWay_OnlyTheSite(string[] way)
    {
        await using var model = await AppHostModel.CreateAsync(way);

        var external = model.Names.Where(name => model[name].Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal));

        Assert.Equal(["web"], external);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task References_EveryWay_GiveTheVariablesThatTheServicesRead(string[] way)
    {
        await using var model = await AppHostModel.CreateAsync(way);

        var api = await model.EnvironmentAsync("api");
        var web = await model.EnvironmentAsync("web");
        var inference = await model.EnvironmentAsync("inference");

        Assert.Empty(AppHostModel.Missing(api.Keys, "ConnectionStrings__chatdb", "ConnectionStrings__redis", "Auth__Secret", "Models__Default", "Models__BuiltIn", "Models__Prefills"));
        Assert.Contains("services__api__http__0", web.Keys);
        Assert.Empty(AppHostModel.Missing(inference.Keys, "Engines__0__Name", "Engines__0__Kind", "Engines__0__Address", "Engines__0__Model", "Gateway__Key", "Gateway__AdminKey", "ConnectionStrings__chatdb"));
        var worker = await model.EnvironmentAsync(model.Names.Contains("worker") ? "worker" : "api");
        Assert.Empty(AppHostModel.Missing(worker.Keys, "ConnectionStrings__chatdb", "ConnectionStrings__redis", "services__inference__http__0", "Inference__Key", "Models__Default", "Models__Prefills"));
        Assert.Equal(inference["Gateway__Key"], worker["Inference__Key"]);
        Assert.Contains("services__inference__http__0", api.Keys);
        Assert.Equal(inference["Gateway__AdminKey"], api["Inference__AdminKey"]);
        Assert.NotEqual(inference["Gateway__AdminKey"], inference["Gateway__Key"]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task References_EveryWay_KeepEachServiceToItsOwn(string[] way)
    {
        await using var model = await AppHostModel.CreateAsync(way);

        var web = await model.EnvironmentAsync("web");
        var inference = await model.EnvironmentAsync("inference");

        Assert.DoesNotContain(web.Keys, key => key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || key.StartsWith("services__inference", StringComparison.Ordinal));
        Assert.DoesNotContain(web.Keys, key => key is "Auth__Secret" or "Inference__Key");
        Assert.DoesNotContain(inference.Keys, key => (key.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && key != "ConnectionStrings__chatdb") || key == "Auth__Secret");
        if (model.Names.Contains("worker"))
        {
            Assert.DoesNotContain((await model.EnvironmentAsync("worker")).Keys, key => key is "Auth__Secret" or "Inference__AdminKey");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Waits_EveryWay_FollowTheReferences(string[] way)
    {
        await using var model = await AppHostModel.CreateAsync(way);

        Assert.Contains("api", model.Waits("web"));
        Assert.Empty(AppHostModel.Missing(model.Waits("api"), "chatdb", "redis"));
        Assert.Contains("inference", model.Waits(model.Names.Contains("worker") ? "worker" : "api"));
        Assert.NotEmpty(model.Waits("inference"));
        Assert.DoesNotContain("chatdb", model.Waits("inference"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Services_EveryWay_HaveAHealthCheck(string[] way)
    {
        await using var model = await AppHostModel.CreateAsync(way);

        Assert.All(["web", "api", "inference"], name => Assert.NotEmpty(model[name].Annotations.OfType<HealthCheckAnnotation>()));
    }

    [Theory]
    [InlineData("--ChatApp:RunOn=local", "postgres")]
    [InlineData("--ChatApp:RunOn=containers", "postgres")]
    public async Task ConnectionString_Given_WinsOverStartingAServer(string way, string server)
    {
        await using var model = await AppHostModel.CreateAsync(way, "--ConnectionStrings:chatdb=Host=db.example.com", "--ConnectionStrings:redis=redis.example.com:6379");

        Assert.DoesNotContain(server, model.Names);
        Assert.DoesNotContain("redis-server", model.Names);
        Assert.Contains("ConnectionStrings__chatdb", (await model.EnvironmentAsync("api")).Keys);
        Assert.DoesNotContain(model.Names, name => model[name] is ContainerResource && name is "redis");
    }

    [Fact]
    public async Task Port_Given_IsTheSitesAlone()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Port=6123");

        Assert.Equal(6123, model["web"].Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "http").Port);
        Assert.NotEqual(6123, model["api"].Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "http").Port);
    }

    [Theory]
    [InlineData("--ChatApp:RunOn=elsewhere")]
    [InlineData("--ChatApp:Port=70000")]
    [InlineData("--ChatApp:Engine:Kind=magic")]
    public async Task Settings_Wrong_SayWhichSection(string argument)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => AppHostModel.CreateAsync("--ChatApp:RunOn=local", argument));

        Assert.Contains("ChatApp", failure.GetBaseException().Message + failure.Message, StringComparison.Ordinal);
    }
}
