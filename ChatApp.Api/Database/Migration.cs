using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ChatApp.Api.Database;

/// <summary>One versioned SQL file. Once released it is never edited: a change is a new file.</summary>
internal sealed record Migration(int Version, string Name, string Sql, string Checksum)
{
    private const string ResourceFolder = "Migrations/";

    /// <summary>The migrations built into this assembly, in the order they are applied.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = ReadEmbedded();

    public static Migration Create(int version, string name, string sql)
    {
        // A checkout with other line endings is still the same migration.
        var normalised = sql.ReplaceLineEndings("\n");
        return new Migration(version, name, normalised, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised))));
    }

    private static List<Migration> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourceFolder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource[ResourceFolder.Length..]);
            var version = int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
            migrations.Add(Create(version, name, reader.ReadToEnd()));
        }

        migrations.Sort(static (a, b) => a.Version.CompareTo(b.Version));
        return migrations;
    }
}
