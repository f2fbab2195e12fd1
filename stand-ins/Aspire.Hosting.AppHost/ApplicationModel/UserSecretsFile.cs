using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The file with a project's user secrets.</summary>
internal static class UserSecretsFile
{
    private static readonly Lock Gate = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Set(string path, string key, string value)
    {
        lock (Gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var secrets = File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject existing ? existing : [];
            secrets[key] = value;

            // Replaced in one step, so that a reader never sees half a file; readable by its owner alone.
            var temporary = path + ".new";
            File.Delete(temporary);
            using (var file = new FileStream(temporary, ForOwner()))
            {
                JsonSerializer.Serialize(file, secrets, Indented);
            }

            File.Move(temporary, path, overwrite: true);
        }
    }

    private static FileStreamOptions ForOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
