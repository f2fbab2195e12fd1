using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

/// <summary>The package's proxy gives replicas one address; the stand-in has none.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task WithReference_ProjectWithReplicas_ListsEachReplica()
    {
        var builder = Model.Builder();
        var api = builder.Service("api").WithHttpEndpoint().WithReplicas(2);
        var consumer = builder.Consumer().WithReference(api);
        Allocate(api, 5001, 5002);

        var environment = await consumer.EnvironmentAsync();

        Assert.Equal("http://localhost:5001", environment["services__api__http__0"]);
        Assert.Equal("http://localhost:5002", environment["services__api__http__1"]);
        Assert.Equal("http://localhost:5001", environment["API_HTTP"]);
    }

    [Fact]
    public async Task WithHttpEndpoint_Env_TellsEachReplicaItsOwnPort()
    {
        var builder = Model.Builder();
        var service = builder.Service("worker").WithHttpEndpoint(env: "PORT").WithReplicas(2);
        Allocate(service, 5001, 5002);

        var second = await ExecutionConfigurationBuilder.CreateForReplica(service.Resource, 1).WithEnvironmentVariablesConfig()
            .BuildAsync(builder.ExecutionContext, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("5001", (await service.EnvironmentAsync())["PORT"]);
        Assert.Equal("5002", second.EnvironmentVariables.ToDictionary()["PORT"]);
    }

    private static void Allocate(IResourceBuilder<ProjectResource> service, params int[] ports)
    {
        var endpoint = Assert.Single(service.Resource.Annotations.OfType<EndpointAnnotation>());
        endpoint.Allocate([.. ports.Select(port => new AllocatedEndpoint(endpoint, "localhost", port))]);
    }
}
