using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What an application under test is given unless the test says otherwise.</summary>
internal static class TestingDefaults
{
    public static void Apply(
        DistributedApplicationOptions options, HostApplicationBuilderSettings settings, string[] args, Assembly appHost, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        settings.Args = [.. settings.Args ?? [], .. args];
        settings.ApplicationName = appHost.GetName().Name;
        settings.Configuration ??= new ConfigurationManager();
        options.Args = settings.Args;
        options.AssemblyName = appHost.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        var directory = AppHostMetadata.Directory(appHost);
        if (Directory.Exists(directory))
        {
            settings.ContentRootPath = directory;
        }

        SetDefaults(settings, new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["DcpPublisher:WaitForResourceCleanup"] = "true",
            ["DcpPublisher:ContainerRuntimeInitializationTimeout"] = "00:00:30",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });
        configure(options, settings);
        if (directory is not null)
        {
            SetDefaults(settings, LaunchProfileVariables(directory, Known(settings)["DOTNET_LAUNCH_PROFILE"]));
        }
    }

    private static void SetDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        var known = Known(settings);

        // Decided once: the source keeps what it is given, and reads it again whenever the configuration is reloaded.
        settings.Configuration!.AddInMemoryCollection(defaults.Where(entry => known[entry.Key] is null).ToArray());
    }

    private static ConfigurationManager Known(HostApplicationBuilderSettings settings)
    {
        var known = new ConfigurationManager();
        known.AddConfiguration(settings.Configuration!);
        known.AddCommandLine(settings.Args ?? []);
        return known;
    }

    private static Dictionary<string, string?> LaunchProfileVariables(string directory, string? wanted)
    {
        var profiles = ApplicationModel.LaunchSettingsFile.Read(directory)?.Profiles ?? [];
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (wanted is not null && !profiles.ContainsKey(wanted))
        {
            throw new InvalidOperationException($"The configured launch profile, '{wanted}', was not found in the launch settings file.");
        }

        var (name, profile) = profiles.FirstOrDefault(entry => wanted is null || entry.Key == wanted);
        if (profile is null)
        {
            return variables;
        }

        variables["DOTNET_LAUNCH_PROFILE"] = name;
        foreach (var (key, value) in profile.EnvironmentVariables)
        {
            variables[key] = value;

            // The host reads its own settings without these prefixes.
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    variables[key[prefix.Length..]] = value;
                }
            }
        }

        return variables;
    }
}
