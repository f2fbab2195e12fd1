namespace Aspire.Hosting.ApplicationModel;

public class QdrantServerResource(string name, ParameterResource apiKey)
    : ContainerResource(name), IResourceWithConnectionString, IResourceWithCustomWithReference<QdrantServerResource>
{
    public ParameterResource ApiKeyParameter { get; } = apiKey ?? throw new ArgumentNullException(nameof(apiKey));

    public EndpointReference PrimaryEndpoint => new(this, "grpc");

    public EndpointReference HttpEndpoint => new(this, "http");

    public EndpointReferenceExpression GrpcHost => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression GrpcPort => PrimaryEndpoint.Property(EndpointProperty.Port);

    public EndpointReferenceExpression HttpHost => HttpEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression HttpPort => HttpEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={PrimaryEndpoint.Property(EndpointProperty.Url)};Key={ApiKeyParameter}");

    public ReferenceExpression HttpConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={HttpEndpoint.Property(EndpointProperty.Url)};Key={ApiKeyParameter}");

    public ReferenceExpression UriExpression => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Url)}");

    public ReferenceExpression HttpUriExpression => ReferenceExpression.Create($"{HttpEndpoint.Property(EndpointProperty.Url)}");

    static IResourceBuilder<TDestination>? IResourceWithCustomWithReference<QdrantServerResource>.TryWithReference<TDestination>(IResourceBuilder<TDestination> builder, IResourceBuilder<IResource> source, string? connectionName, bool optional, string? name) =>
        source is IResourceBuilder<QdrantServerResource> qdrant && !optional && name is null ? builder.WithReference(qdrant, connectionName) : null;

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("GrpcHost", ReferenceExpression.Create($"{GrpcHost}"));
        yield return new("GrpcPort", ReferenceExpression.Create($"{GrpcPort}"));
        yield return new("HttpHost", ReferenceExpression.Create($"{HttpHost}"));
        yield return new("HttpPort", ReferenceExpression.Create($"{HttpPort}"));
        yield return new("ApiKey", ReferenceExpression.Create($"{ApiKeyParameter}"));
        yield return new("Uri", UriExpression);
        yield return new("HttpUri", HttpUriExpression);
    }
}
