using ChatApp.AppHost.Local;
using Microsoft.Extensions.Configuration;

namespace ChatApp.AppHost;

/// <summary>The few statements of the picture in Program.cs that depend on what was chosen.</summary>
internal static class ResourceExtensions
{
    /// <summary>A connection string that configuration gives wins over starting anything; null when none is given.</summary>
    public static IResourceBuilder<IResourceWithConnectionString>? GivenConnectionString(this IDistributedApplicationBuilder builder, string name) =>
        string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name)) ? null : builder.AddConnectionString(name);

    /// <summary>A secret of letters and digits, long enough for an HS256 key. Locally it is kept beside the data; a deployment makes its own.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            LocalSecrets.Provide(builder, builder.Configuration[HostSettings.DataDirectoryKey]!, name);
        }

        return builder.AddParameter(name, new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true);
    }

    /// <summary>A Qdrant that configuration gives wins over starting one; null when none is given.</summary>
    public static MemoryIndex? GivenMemoryIndex(this IDistributedApplicationBuilder builder)
    {
        if (builder.GivenConnectionString("qdrant") is not { } qdrant)
        {
            return null;
        }

        var http = builder.GivenConnectionString("qdrant_http");
        return new MemoryIndex(api => _ = http is null ? api.WithReference(qdrant) : api.WithReference(qdrant).WithReference(http));
    }

    /// <summary>Without one the Api uses its own index.</summary>
    public static IResourceBuilder<ProjectResource> WithMemoryIndex(this IResourceBuilder<ProjectResource> api, MemoryIndex? memory)
    {
        memory?.Refer(api);
        return api;
    }

    /// <summary>Sign-ins outlive a restart of the site. Azure Container Apps keeps these keys itself.</summary>
    public static IResourceBuilder<ProjectResource> WithKeyDirectory(this IResourceBuilder<ProjectResource> web, HostSettings settings) =>
        web.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? web
            : web.WithEnvironment("DataProtection__KeyDirectory", Path.Combine(settings.DataDirectory, "keys"));

    /// <summary>Another port than the launch profile's; null leaves that.</summary>
    public static IResourceBuilder<ProjectResource> OnPort(this IResourceBuilder<ProjectResource> project, int? port) =>
        port is null ? project : project.WithEndpoint("http", endpoint => endpoint.Port = port);
}
