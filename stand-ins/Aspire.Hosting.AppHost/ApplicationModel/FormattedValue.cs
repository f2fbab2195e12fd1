namespace Aspire.Hosting.ApplicationModel;

/// <summary>The one format an interpolated value may have: <c>uri</c>, which percent-encodes it.</summary>
internal static class FormattedValue
{
    public static string Apply(string value, string format) =>
        string.Equals(format, "uri", StringComparison.OrdinalIgnoreCase)
            ? Uri.EscapeDataString(value)
            : throw new FormatException($"The format '{format}' is not supported. Supported formats: 'uri'.");
}
