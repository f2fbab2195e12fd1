using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Turns a name into one that fits an environment variable.</summary>
internal static class EnvironmentVariableName
{
    public static string Encode(string name)
    {
        if (name.Length == 0)
        {
            return "_";
        }

        var encoded = new StringBuilder(name.Length + 1);
        if (char.IsAsciiDigit(name[0]))
        {
            encoded.Append('_');
        }

        foreach (var c in name)
        {
            encoded.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return encoded.ToString();
    }

    public static string EncodeUpper(string name) => Encode(name).ToUpperInvariant();
}
