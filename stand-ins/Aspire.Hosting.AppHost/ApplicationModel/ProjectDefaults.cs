using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every project resource gets: its endpoints, the variables of its launch profile, and telemetry.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> builder, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        var application = builder.ApplicationBuilder;
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (application.ExecutionContext.IsRunMode && application.Environment.IsDevelopment())
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithOtlpExporter();
        var profile = ProfileOf(builder, metadata, options);
        var kestrel = options.ExcludeKestrelEndpoints ? [] : KestrelEndpoints(metadata.ProjectPath);
        return application.ExecutionContext.IsRunMode
            ? ForRun(builder, profile, kestrel)
            : ForPublish(builder, isWeb: kestrel.Count > 0 || profile?.Profile.ApplicationUrl is not null, hasKestrelEndpoints: kestrel.Count > 0);
    }

    private static (string Name, LaunchProfile Profile)? ProfileOf(IResourceBuilder<ProjectResource> builder, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        if (options.ExcludeLaunchProfile)
        {
            builder.WithAnnotation(new ExcludeLaunchProfileAnnotation());
            return null;
        }

        var configuration = builder.ApplicationBuilder.Configuration;
        var preferred = configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"];
        if (!string.IsNullOrEmpty(options.LaunchProfileName))
        {
            builder.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        }
        else if (!string.IsNullOrEmpty(preferred))
        {
            builder.WithAnnotation(new DefaultLaunchProfileAnnotation(preferred));
        }

        return LaunchSettingsFile.Select(metadata, options.LaunchProfileName, preferred);
    }

    private static IResourceBuilder<ProjectResource> ForRun(IResourceBuilder<ProjectResource> builder, (string Name, LaunchProfile Profile)? profile, List<(string Name, BindingAddress Address)> kestrel)
    {
        builder.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        foreach (var (name, address) in kestrel.Count > 0 ? kestrel : ProfileEndpoints(profile?.Profile))
        {
            builder.WithEndpoint(name, endpoint =>
            {
                endpoint.Port = address.Port;
                endpoint.TargetHost = address.IsLoopback ? "localhost" : address.Host;
                endpoint.UriScheme = address.Scheme;
                endpoint.FromLaunchProfile = kestrel.Count == 0;
            });
        }

        builder.WithEnvironment(context =>
        {
            if (kestrel.Count > 0)
            {
                WriteKestrelUrls(builder.Resource, context);
            }
            else
            {
                WriteUrls(builder.Resource, context);
            }
        });

        if (profile is { } used)
        {
            builder.WithEnvironment(context =>
            {
                context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", used.Name);
                foreach (var (key, value) in used.Profile.EnvironmentVariables)
                {
                    context.EnvironmentVariables.TryAdd(key, Environment.ExpandEnvironmentVariables(value));
                }
            });
        }

        return builder;
    }

    private static IResourceBuilder<ProjectResource> ForPublish(IResourceBuilder<ProjectResource> builder, bool isWeb, bool hasKestrelEndpoints)
    {
        var resource = builder.Resource;
        builder.WithEnvironment(context =>
        {
            if (resource.GetEndpoints().Any() && !resource.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }
        });

        EndpointAnnotation? defaultHttps = null;
        if (isWeb)
        {
            var http = EndpointFor("http");
            var https = EndpointFor("https");
            defaultHttps = https;
            http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;
        }

        return hasKestrelEndpoints ? builder : builder.WithEnvironment(context =>
        {
            WritePorts("HTTP_PORTS", "http", context);
            WritePorts("HTTPS_PORTS", "https", context);
        });

        EndpointAnnotation EndpointFor(string scheme)
        {
            builder.WithEndpoint(scheme, endpoint => endpoint.UriScheme = scheme);
            return resource.Annotations.OfType<EndpointAnnotation>().First(endpoint => endpoint.Name == scheme);
        }

        void WritePorts(string variable, string scheme, EnvironmentCallbackContext context)
        {
            var ports = resource.GetEndpoints().Where(endpoint => endpoint.Scheme == scheme && endpoint.EndpointAnnotation != defaultHttps).ToList();
            if (ports.Count > 0 && !context.EnvironmentVariables.ContainsKey(variable))
            {
                context.EnvironmentVariables[variable] = Joined(ports, (text, port) => text.Append($"{port.Property(EndpointProperty.TargetPort)}"));
            }
        }
    }

    private static void WriteUrls(ProjectResource resource, EnvironmentCallbackContext context)
    {
        // Endpoints that tell their port through a variable of their own are the program's business.
        var endpoints = resource.GetEndpoints()
            .Where(endpoint => endpoint.Scheme is "http" or "https" && endpoint.EndpointAnnotation.TargetPortVariable is null).ToList();
        if (endpoints.Count == 0 || context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        if (endpoints.Find(endpoint => endpoint.IsHttps) is { } https)
        {
            context.EnvironmentVariables["ASPNETCORE_HTTPS_PORT"] = https.Property(EndpointProperty.Port);
        }

        context.EnvironmentVariables["ASPNETCORE_URLS"] = Joined(endpoints, (text, endpoint) =>
            text.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}"));
    }

    private static void WriteKestrelUrls(ProjectResource resource, EnvironmentCallbackContext context)
    {
        foreach (var endpoint in resource.GetEndpoints().Where(endpoint => endpoint.EndpointAnnotation.TargetPortVariable is null))
        {
            context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] =
                ReferenceExpression.Create($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    private static ReferenceExpression Joined(List<EndpointReference> endpoints, Action<ReferenceExpressionBuilder, EndpointReference> append)
    {
        var text = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            text.AppendLiteral(text.IsEmpty ? string.Empty : ";");
            append(text, endpoint);
        }

        return text.Build();
    }

    private static List<(string Name, BindingAddress Address)> ProfileEndpoints(LaunchProfile? profile)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var endpoints = new List<(string, BindingAddress)>();
        foreach (var url in profile?.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var address = BindingAddress.Parse(url);
            var count = counts[address.Scheme] = counts.GetValueOrDefault(address.Scheme) + 1;
            endpoints.Add((count == 1 ? address.Scheme : address.Scheme + count.ToString(CultureInfo.InvariantCulture), address));
        }

        return endpoints;
    }

    private static List<(string Name, BindingAddress Address)> KestrelEndpoints(string projectPath)
    {
        var directory = Path.GetDirectoryName(projectPath)!;
        if (!File.Exists(Path.Combine(directory, "appsettings.json")))
        {
            return [];
        }

        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        var endpoints = new ConfigurationBuilder().SetBasePath(directory)
            .AddJsonFile("appsettings.json", optional: true).AddJsonFile($"appsettings.{environment}.json", optional: true)
            .Build().GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is not null).Select(section => (section.Key, Address: BindingAddress.Parse(section["Url"]!))).ToList();
        return endpoints.ConvertAll(endpoint =>
            (endpoints.Count(other => other.Address.Scheme == endpoint.Address.Scheme) == 1 ? endpoint.Address.Scheme : endpoint.Key, endpoint.Address));
    }
}
