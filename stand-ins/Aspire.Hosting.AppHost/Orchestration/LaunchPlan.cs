using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Works out the process for one replica of an executable or project.</summary>
internal sealed class LaunchPlan(DistributedApplicationExecutionContext executionContext, IDistributedApplicationBuilder builder)
{
    /// <summary>Names of the assembly metadata that the build writes: this and the project's path, with the path of its assembly as value.</summary>
    private const string OutputKey = "aspire-project-output:";

    // The AppHost's own settings, which would mean something else to a service.
    private static readonly HashSet<string> NotInherited = new(StringComparer.OrdinalIgnoreCase)
    {
        "ASPNETCORE_URLS", "ASPNETCORE_HTTPS_PORT", "ASPNETCORE_HTTPS_PORTS", "ASPNETCORE_HTTP_PORTS", "DOTNET_LAUNCH_PROFILE",
        "HTTP_PORTS", "HTTPS_PORTS", "URLS", "DOTNET_STARTUP_HOOKS", "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES",
    };

    public async Task<ProcessSpec> ForAsync(IResource resource, int replica, ILogger logger, CancellationToken cancellationToken)
    {
        var configuration = await ExecutionConfigurationBuilder.CreateForReplica(resource, replica)
            .WithArgumentsConfig().WithEnvironmentVariablesConfig().BuildAsync(executionContext, logger, cancellationToken);
        if (configuration.Exception is { } failure)
        {
            throw failure;
        }

        var environment = Inherited();
        foreach (var (name, value) in configuration.EnvironmentVariables)
        {
            environment[name] = value;
        }

        var arguments = configuration.Arguments.Select(argument => argument.Value);
        return resource switch
        {
            ExecutableResource executable => new ProcessSpec(Executable(executable), [.. arguments], executable.WorkingDirectory, environment),
            ProjectResource project => ForProject(project.GetProjectMetadata().ProjectPath, arguments, environment),
            _ => throw new InvalidOperationException($"Resource '{resource.Name}' is not a process."),
        };
    }

    internal static Dictionary<string, string> Inherited()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (!NotInherited.Contains(name) && !name.StartsWith("ASPIRE_", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            {
                environment[name] = (string?)entry.Value ?? string.Empty;
            }
        }

        return environment;
    }

    private static string Executable(ExecutableResource executable)
    {
        if (!Directory.Exists(executable.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The working directory '{executable.WorkingDirectory}' does not exist.");
        }

        // A path is taken from the working directory, a bare name from there if it exists, else from PATH.
        var local = Path.GetFullPath(executable.Command, executable.WorkingDirectory);
        if (File.Exists(local))
        {
            return local;
        }

        var isPath = executable.Command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var found = isPath ? null : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, executable.Command)).FirstOrDefault(File.Exists);
        return found ?? throw new DistributedApplicationException(isPath ? $"The file '{local}' does not exist." : $"The command '{executable.Command}' was not found on PATH.");
    }

    private static string DotNet() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host : "dotnet";

    private ProcessSpec ForProject(string projectPath, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var directory = Path.GetDirectoryName(projectPath)!;
        var output = builder.AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == OutputKey + projectPath)?.Value;
        if (output is null)
        {
            // Added by its path, so the build knows nothing of it.
            return new ProcessSpec(DotNet(), ["run", "--project", projectPath, "--no-launch-profile", "--", .. arguments], directory, environment);
        }

        return File.Exists(output)
            ? new ProcessSpec(DotNet(), [output, .. arguments], directory, environment)
            : throw new DistributedApplicationException($"'{output}' does not exist: build the AppHost again.");
    }
}
