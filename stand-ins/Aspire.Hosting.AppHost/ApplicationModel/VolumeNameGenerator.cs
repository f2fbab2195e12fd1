using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Names for volumes that stay the same from run to run and differ between AppHosts.</summary>
public static class VolumeNameGenerator
{
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        if (!suffix.All(IsValid))
        {
            throw new ArgumentException($"The suffix '{suffix}' contains invalid characters.", nameof(suffix));
        }

        var application = builder.ApplicationBuilder;
        var name = new string([.. application.Environment.ApplicationName.ToLowerInvariant().Select(c => IsValid(c) ? c : '_')]);
        var hash = application.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant();
        return $"{name}-{hash}-{builder.Resource.Name}-{suffix}";
    }

    private static bool IsValid(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
}
