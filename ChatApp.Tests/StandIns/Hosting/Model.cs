using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting;

/// <summary>What the tests of the application model share.</summary>
internal static class Model
{
    public static IDistributedApplicationBuilder Builder(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    public static IResourceBuilder<ExecutableResource> Consumer(this IDistributedApplicationBuilder builder) => builder.AddExecutable("consumer", "true", ".");

    /// <summary>An executable cannot be found by name, a project can; this one needs no project file.</summary>
    public static IResourceBuilder<ProjectResource> Service(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ProjectResource(name));

    /// <summary>Gives an endpoint its address, as a start would.</summary>
    public static void Allocate(this IResourceBuilder<IResourceWithEndpoints> resource, string endpoint, int port)
    {
        var annotation = resource.Resource.Annotations.OfType<EndpointAnnotation>().Single(candidate => candidate.Name == endpoint);
        annotation.AllocatedEndpoint = new AllocatedEndpoint(annotation, "localhost", port);
    }

    public static async Task<Dictionary<string, string>> EnvironmentAsync(this IResourceBuilder<IResource> resource, DistributedApplicationOperation operation = DistributedApplicationOperation.Run)
    {
        var result = await ExecutionConfigurationBuilder.Create(resource.Resource).WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(operation), NullLogger.Instance, TestContext.Current.CancellationToken);
        return result.Exception is null ? result.EnvironmentVariables.ToDictionary(StringComparer.Ordinal) : throw result.Exception;
    }
}
