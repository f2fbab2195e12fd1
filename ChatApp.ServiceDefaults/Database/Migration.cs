using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ChatApp.ServiceDefaults.Database;

/// <summary>One versioned SQL file. Once released it is never edited: a change is a new file.</summary>
/// <param name="Version">Its number; they are applied in this order.</param>
/// <param name="Name">The file's name without extension: <c>0001_models</c>.</param>
/// <param name="Sql">What is executed.</param>
/// <param name="Checksum">SHA-256 of it, in hexadecimal digits.</param>
public sealed record Migration(int Version, string Name, string Sql, string Checksum)
{
    private const string ResourceFolder = "Migrations/";

    /// <summary>A migration of this text.</summary>
    public static Migration Create(int version, string name, string sql)
    {
        // A checkout with other line endings is still the same migration.
        var normalised = sql.ReplaceLineEndings("\n");
        return new Migration(version, name, normalised, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised))));
    }

    /// <summary>The migrations built into the assembly as resources <c>Migrations/0001_name.sql</c>, in the order they are applied.</summary>
    public static IReadOnlyList<Migration> ReadEmbedded(Assembly assembly)
    {
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
