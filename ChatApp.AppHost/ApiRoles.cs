namespace ChatApp.AppHost;

/// <summary>The Api's processes: one with both roles, or replicas of each.</summary>
internal static class ApiRoles
{
    private const string Worker = "worker";
    private const int Replicas = 2;

    // A stop on this machine makes somebody wait, and what is left goes back to the queue; nor may it last until processes are killed (10 s).
    private const string DrainKey = "Turns:Drain";
    private const string LocalDrain = "00:00:05";

    /// <summary>Adds the process of one role, <c>api</c> or <c>worker</c>; without <see cref="HostSettings.Scale"/> it has both.</summary>
    public static IResourceBuilder<ProjectResource> AddApiProcess(this IDistributedApplicationBuilder builder, string role, HostSettings settings)
    {
        var isPublished = builder.ExecutionContext.IsPublishMode;
        var process = builder.AddProject<Projects.ChatApp_Api>(role, options =>
            // Nobody calls a worker: published without the launch profile's endpoint, it has no ingress.
            options.ExcludeLaunchProfile = isPublished && role == Worker);
        process.WithEnvironment("ChatApp__Role", settings.Scale ? role : "all");
        if (isPublished)
        {
            return process.HasEndpoint() ? process.WithHttpHealthCheck("/health") : process;
        }

        if (role == Worker)
        {
            // For its health only, and the launch profile's port is the api's.
            process.WithEndpoint("http", static endpoint => endpoint.Port = null);
        }

        if (settings.Scale)
        {
            process.WithReplicas(Replicas);
        }

        if (string.IsNullOrEmpty(builder.Configuration[DrainKey]))
        {
            process.WithEnvironment("Turns__Drain", LocalDrain);
        }

        return process.WithHttpHealthCheck("/health");
    }

    /// <summary>Whether it listens at all.</summary>
    public static bool HasEndpoint(this IResourceBuilder<ProjectResource> project) => project.GetEndpoint("http").Exists;
}
