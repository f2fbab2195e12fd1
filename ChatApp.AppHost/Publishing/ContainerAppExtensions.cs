// Probes are marked as experimental in Aspire 13; nothing else tells a deployment how to see that a replica hangs.
#pragma warning disable ASPIREPROBES001

namespace ChatApp.AppHost.Publishing;

/// <summary>What a deployment to Azure Container Apps adds. None of it does anything in run mode.</summary>
internal static class ContainerAppExtensions
{
    /// <summary>Keeps at least one replica warm, because a cold start would be somebody's first token, and bounds the others.</summary>
    public static IResourceBuilder<ProjectResource> PublishAsScaledContainerApp(
        this IResourceBuilder<ProjectResource> project, int minReplicas, int maxReplicas)
    {
        if (project.HasEndpoint())
        {
            project.WithHttpProbe(ProbeType.Liveness, "/alive");
        }

        return project.PublishAsAzureContainerApp((_, app) =>
        {
            app.Template.Scale.MinReplicas = minReplicas;
            app.Template.Scale.MaxReplicas = maxReplicas;
        });
    }
}
