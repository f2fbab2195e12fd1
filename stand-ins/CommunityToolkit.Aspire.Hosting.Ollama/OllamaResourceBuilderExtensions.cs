using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;

namespace Aspire.Hosting;

public enum OllamaGpuVendor
{
    Nvidia = 0,
    AMD = 1,
}

public static class OllamaResourceBuilderExtensions
{
    private const int DefaultPort = 11434;

    public static IResourceBuilder<OllamaResource> AddOllama(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
        builder.AddResource(new OllamaResource(name))
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "ollama/ollama", Tag = "0.32.15" })
            .WithIconName("BrainCircuit")
            .WithHttpEndpoint(port: port, targetPort: DefaultPort, name: OllamaServer.EndpointName)
            .WithHttpHealthCheck("/");

    public static IResourceBuilder<OllamaExecutableResource> AddOllamaLocal(this IDistributedApplicationBuilder builder, string name, int? port = null, int? targetPort = null)
    {
        var resource = new OllamaExecutableResource(name);
        return builder.AddResource(resource)
            .WithIconName("BrainCircuit")
            .ExcludeFromManifest()
            .WithArgs("serve")
            .WithHttpEndpoint(port: port, targetPort: targetPort ?? DefaultPort, name: OllamaServer.EndpointName)
            .WithHttpHealthCheck("/")
            .WithEnvironment(context => context.EnvironmentVariables.TryAdd(
                "OLLAMA_HOST",
                ReferenceExpression.Create($"{resource.PrimaryEndpoint.Property(EndpointProperty.Scheme)}://{resource.PrimaryEndpoint.EndpointAnnotation.TargetHost}:{resource.PrimaryEndpoint.Property(EndpointProperty.TargetPort)}")));
    }

    public static IResourceBuilder<OllamaModelResource> AddModel(this IResourceBuilder<IOllamaResource> builder, string modelName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelName);
        var shortName = modelName.Split(':')[0].Split('/')[^1].Replace('.', '-');
        return builder.AddModel($"{builder.Resource.Name}-{shortName}", modelName);
    }

    /// <summary>Names a model that the server shall have. The package also downloads it; the stand-in runs no server to download it to.</summary>
    public static IResourceBuilder<OllamaModelResource> AddModel(this IResourceBuilder<IOllamaResource> builder, string name, string modelName)
    {
        builder.Resource.AddModel(modelName);
        return builder.ApplicationBuilder.AddResource(new OllamaModelResource(name, modelName, builder.Resource))
            .WithHealthCheck(ContainerHealthCheck.Register(builder.ApplicationBuilder, $"{name}-{modelName}-health"));
    }

    public static IResourceBuilder<OllamaModelResource> AddHuggingFaceModel(this IResourceBuilder<IOllamaResource> builder, string name, string modelName)
    {
        var isFull = modelName.StartsWith("hf.co/", StringComparison.Ordinal) || modelName.StartsWith("huggingface.co/", StringComparison.Ordinal);
        return builder.AddModel(name, isFull ? modelName : "hf.co/" + modelName);
    }

    public static IResourceBuilder<OllamaResource> WithDataVolume(this IResourceBuilder<OllamaResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "ollama"), "/root/.ollama", isReadOnly);

    public static IResourceBuilder<OllamaResource> WithGPUSupport(this IResourceBuilder<OllamaResource> builder, OllamaGpuVendor vendor = OllamaGpuVendor.Nvidia)
    {
        switch (vendor)
        {
            case OllamaGpuVendor.Nvidia:
                var configuration = builder.ApplicationBuilder.Configuration;
                var runtime = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
                return string.Equals(runtime, "podman", StringComparison.OrdinalIgnoreCase)
                    ? builder.WithContainerRuntimeArgs("--device", "nvidia.com/gpu=all")
                    : builder.WithContainerRuntimeArgs("--gpus", "all");
            case OllamaGpuVendor.AMD:
                if (builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) && image.Tag?.EndsWith("rocm", StringComparison.Ordinal) == false)
                {
                    image.Tag += "-rocm";
                }

                return builder.WithContainerRuntimeArgs("--device", "/dev/kfd", "--device", "/dev/dri");
            default:
                throw new ArgumentException("Invalid GPU vendor", nameof(vendor));
        }
    }
}
