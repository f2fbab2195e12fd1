using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads <c>Properties/launchSettings.json</c> of a project and picks a profile.</summary>
internal static partial class LaunchSettingsFile
{
    public static (string Name, LaunchProfile Profile)? Select(IProjectMetadata metadata, string? named, string? preferred)
    {
        if (metadata.LaunchSettings is null && !File.Exists(metadata.ProjectPath))
        {
            throw new DistributedApplicationException($"Project file '{metadata.ProjectPath}' was not found.");
        }

        var profiles = (metadata.LaunchSettings ?? Read(Path.GetDirectoryName(metadata.ProjectPath)!))?.Profiles ?? [];
        if (named is not null)
        {
            return profiles.TryGetValue(named, out var wanted)
                ? (named, wanted)
                : throw new DistributedApplicationException($"Launch settings file does not contain '{named}' profile.");
        }

        if (preferred is not null && profiles.TryGetValue(preferred, out var found))
        {
            return (preferred, found);
        }

        foreach (var (name, profile) in profiles)
        {
            if (string.IsNullOrEmpty(profile.CommandName) || profile.CommandName.Equals("Project", StringComparison.OrdinalIgnoreCase))
            {
                return (name, profile);
            }
        }

        return null;
    }

    public static LaunchSettings? Read(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, LaunchSettingsJson.Default.LaunchSettings);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The launch settings file '{path}' is not valid: {e.Message}", e);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
    [JsonSerializable(typeof(LaunchSettings))]
    private sealed partial class LaunchSettingsJson : JsonSerializerContext;
}
