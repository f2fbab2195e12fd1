namespace Aspire.Hosting.ApplicationModel;

/// <summary>An image's parts: <c>[registry/]image[:tag][@sha256:digest]</c>.</summary>
internal sealed record ContainerImageReference(string? Registry, string Image, string? Tag, string? Digest)
{
    private const string DigestMark = "@sha256:";

    public static ContainerImageReference Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        string? digest = null;
        var at = text.IndexOf(DigestMark, StringComparison.Ordinal);
        if (at >= 0)
        {
            (text, digest) = (text[..at], text[(at + DigestMark.Length)..]);
        }

        string? tag = null;
        var colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf('/'))
        {
            (text, tag) = (text[..colon], text[(colon + 1)..]);
        }

        // As everywhere with images, a first segment with a dot or a port (or localhost) is a registry.
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash > 0 ? text[..slash] : string.Empty;
        return first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost"
            ? new ContainerImageReference(first, text[(slash + 1)..], tag, digest)
            : new ContainerImageReference(null, text, tag, digest);
    }
}
