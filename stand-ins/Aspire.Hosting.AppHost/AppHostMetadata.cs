using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build writes into the AppHost's assembly.</summary>
internal static class AppHostMetadata
{
    public static string? Directory(Assembly? assembly) => Value(assembly, "apphostprojectpath");

    private static string? Value(Assembly? assembly, string key) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
