using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Aspire.Hosting.Azure.AppContainers;
using Azure.Provisioning.AppContainers;

namespace Aspire.Hosting
{
    public static class AzureContainerAppExtensions
    {
        /// <summary>In run mode the environment is not part of the application, so it can be declared unconditionally.</summary>
        public static IResourceBuilder<AzureContainerAppEnvironmentResource> AddAzureContainerAppEnvironment(this IDistributedApplicationBuilder builder, string name)
        {
            var environment = new AzureContainerAppEnvironmentResource(name);
            return builder.ExecutionContext.IsRunMode ? builder.CreateResourceBuilder(environment) : builder.AddResource(environment);
        }

        public static IResourceBuilder<AzureContainerAppEnvironmentResource> WithAzdResourceNaming(this IResourceBuilder<AzureContainerAppEnvironmentResource> builder)
        {
            builder.Resource.UsesAzdNaming = true;
            return builder;
        }

        public static IResourceBuilder<AzureContainerAppEnvironmentResource> WithDashboard(this IResourceBuilder<AzureContainerAppEnvironmentResource> builder, bool enable = true)
        {
            builder.Resource.HasDashboard = enable;
            return builder;
        }

        public static IResourceBuilder<AzureContainerAppEnvironmentResource> WithHttpsUpgrade(this IResourceBuilder<AzureContainerAppEnvironmentResource> builder, bool upgrade = true)
        {
            builder.Resource.UpgradesToHttps = upgrade;
            return builder;
        }
    }

    public static class AzureContainerAppProjectExtensions
    {
        public static IResourceBuilder<T> PublishAsAzureContainerApp<T>(this IResourceBuilder<T> project, Action<AzureResourceInfrastructure, ContainerApp> configure)
            where T : ProjectResource => AzureContainerAppCustomizationAnnotation.Add(project, configure);
    }

    public static class AzureContainerAppContainerExtensions
    {
        public static IResourceBuilder<T> PublishAsAzureContainerApp<T>(this IResourceBuilder<T> container, Action<AzureResourceInfrastructure, ContainerApp> configure)
            where T : ContainerResource => AzureContainerAppCustomizationAnnotation.Add(container, configure);
    }

    public static class AzureContainerAppExecutableExtensions
    {
        public static IResourceBuilder<T> PublishAsAzureContainerApp<T>(this IResourceBuilder<T> executable, Action<AzureResourceInfrastructure, ContainerApp> configure)
            where T : ExecutableResource => AzureContainerAppCustomizationAnnotation.Add(executable, configure);
    }
}

namespace Aspire.Hosting.Azure
{
    /// <summary>The Bicep file that a callback may add to. The stand-in writes none.</summary>
    public sealed class AzureResourceInfrastructure
    {
        internal AzureResourceInfrastructure()
        {
        }
    }

    public sealed class AzureContainerAppCustomizationAnnotation(Action<AzureResourceInfrastructure, ContainerApp> configure) : IResourceAnnotation
    {
        public Action<AzureResourceInfrastructure, ContainerApp> Configure { get; } = configure;

        internal static IResourceBuilder<T> Add<T>(IResourceBuilder<T> builder, Action<AzureResourceInfrastructure, ContainerApp> configure)
            where T : IResource
        {
            ArgumentNullException.ThrowIfNull(configure);
            return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
                ? builder.WithAnnotation(new AzureContainerAppCustomizationAnnotation(configure))
                : builder;
        }
    }
}

namespace Aspire.Hosting.Azure.AppContainers
{
    public class AzureContainerAppEnvironmentResource : Resource, IComputeEnvironmentResource
    {
        internal AzureContainerAppEnvironmentResource(string name)
            : base(name)
        {
        }

        internal bool UsesAzdNaming { get; set; }

        internal bool HasDashboard { get; set; } = true;

        internal bool UpgradesToHttps { get; set; } = true;
    }
}
