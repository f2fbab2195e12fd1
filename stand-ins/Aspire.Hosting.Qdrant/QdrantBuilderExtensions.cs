using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;

namespace Aspire.Hosting;

public static class QdrantBuilderExtensions
{
    private const string Storage = "/qdrant/storage";

    public static IResourceBuilder<QdrantServerResource> AddQdrant(this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? apiKey = null, int? grpcPort = null, int? httpPort = null)
    {
        var key = apiKey?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-Key", special: false);
        return builder.AddResource(new QdrantServerResource(name, key))
            .WithImage("qdrant/qdrant", "v1.18.0")
            .WithImageRegistry("docker.io")
            .WithIconName("DatabaseSearch")
            .WithHttpEndpoint(port: grpcPort, targetPort: 6334, name: "grpc")
            .WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
            .WithHttpEndpoint(port: httpPort, targetPort: 6333, name: "http")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["QDRANT__SERVICE__API_KEY"] = key;
                if (context.ExecutionContext.IsPublishMode)
                {
                    // Its web pages stay off outside development.
                    context.EnvironmentVariables["QDRANT__SERVICE__ENABLE_STATIC_CONTENT"] = "0";
                }
            })
            .WithHealthCheck(ContainerHealthCheck.Register(builder, $"{name}_check"));
    }

    public static IResourceBuilder<QdrantServerResource> WithDataVolume(this IResourceBuilder<QdrantServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), Storage, isReadOnly);

    public static IResourceBuilder<QdrantServerResource> WithDataBindMount(this IResourceBuilder<QdrantServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, Storage, isReadOnly);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<QdrantServerResource> qdrantResource)
        where TDestination : IResourceWithEnvironment => builder.WithReference(qdrantResource, connectionName: null);

    /// <summary>Besides the gRPC connection string there is one for HTTP, under the same name with <c>_http</c> after it.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<QdrantServerResource> qdrantResource, string? connectionName = null)
        where TDestination : IResourceWithEnvironment
    {
        var qdrant = qdrantResource.Resource;
        ResourceBuilderExtensions.WithReference(builder, qdrantResource, connectionName);
        return builder.WithEnvironment(context =>
        {
            var flags = builder.Resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var injection) ? injection.Flags : ReferenceEnvironmentInjectionFlags.All;
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
            {
                var variable = $"ConnectionStrings__{connectionName ?? qdrant.Name}";
                context.EnvironmentVariables[variable] = qdrant.ConnectionStringExpression;
                context.EnvironmentVariables[$"{variable}_http"] = qdrant.HttpConnectionStringExpression;
            }
        });
    }
}
