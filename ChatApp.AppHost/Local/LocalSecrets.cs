using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ChatApp.AppHost.Local;

/// <summary>
/// Secrets of one data directory: made on its first start, kept in <c>secrets.json</c> that only its owner can read,
/// and given to the AppHost as configuration. A value that configuration already has wins.
/// </summary>
internal static class LocalSecrets
{
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 48;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes sure that configuration has <c>Parameters:name</c>.</summary>
    public static void Provide(IDistributedApplicationBuilder builder, string dataDirectory, string name)
    {
        var key = $"Parameters:{name}";
        if (!string.IsNullOrEmpty(builder.Configuration[key]))
        {
            return;
        }

        builder.Configuration.AddInMemoryCollection([new(key, ReadOrMake(Path.Combine(dataDirectory, "secrets.json"), name))]);
    }

    /// <summary>The secret of that name in the file, written into it first when it is not there.</summary>
    public static string ReadOrMake(string file, string name)
    {
        var secrets = Read(file);
        if (secrets.TryGetValue(name, out var secret))
        {
            return secret;
        }

        secrets[name] = RandomNumberGenerator.GetString(Alphabet, Length);
        Write(file, secrets);
        return secrets[name];
    }

    private static SortedDictionary<string, string> Read(string file)
    {
        try
        {
            // A copy that was put back may have become readable by others.
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) is var mode && mode != OwnerOnly)
            {
                File.SetUnixFileMode(file, OwnerOnly);
            }

            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<SortedDictionary<string, string>>(stream) ?? [];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception wrong) when (wrong is JsonException or UnauthorizedAccessException)
        {
            throw new SetupException($"{file} cannot be read: {wrong.Message}", wrong);
        }
    }

    // Written aside and moved into place: a start that is cut off leaves the old file or the new one.
    private static void Write(string file, SortedDictionary<string, string> secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var aside = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(aside, options))
        {
            JsonSerializer.Serialize(stream, secrets);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, file, overwrite: true);
    }
}
