using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>A resource that others find by name.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

    public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
        : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
    {
        public ReferenceExpression ConnectionStringExpression { get; } = connectionStringExpression;
    }

    public sealed class ExternalServiceResource : Resource
    {
        public ExternalServiceResource(string name, Uri uri)
            : base(name)
        {
            Uri = uri;
        }

        public ExternalServiceResource(string name, ParameterResource urlParameter)
            : base(name)
        {
            UrlParameter = urlParameter;
        }

        public Uri? Uri { get; }

        public ParameterResource? UrlParameter { get; }
    }
}

#pragma warning disable ASPIREPROBES001 // Resources with probes are experimental for callers, not for the resources themselves.
namespace Aspire.Hosting.ApplicationModel
{
    public class ProjectResource(string name)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource;

    public class ContainerResource(string name, string? entrypoint = null)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
    {
        public string? Entrypoint { get; set; } = entrypoint;
    }

    public class ExecutableResource : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
    {
        public ExecutableResource(string name, string command, string workingDirectory)
            : base(name)
        {
            Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });
        }

        public string Command => Launch.Command;

        public string WorkingDirectory => Launch.WorkingDirectory;

        private ExecutableAnnotation Launch => Annotations.OfType<ExecutableAnnotation>().Last();
    }
}
