using System.Text.RegularExpressions;

namespace ChatApp.Tests.Accounts.Mail;

/// <summary>A mail as it arrived.</summary>
internal sealed partial class ReceivedMail
{
    private ReceivedMail(Dictionary<string, string> headers, string body) => (Headers, Body) = (headers, body);

    /// <summary>By their names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public string Body { get; }

    public string To => Headers["to"];

    public string Subject => Headers["subject"];

    /// <summary>The token of the only link that has one.</summary>
    public string Token => TokenOfALink().Matches(Body).Single().Groups["token"].Value;

    public static ReceivedMail Read(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = Folded().Replace(text[..end], " ").Split("\r\n")
            .Select(static line => line.Split(": ", 2)).ToDictionary(static pair => pair[0].ToLowerInvariant(), static pair => pair[1], StringComparer.Ordinal);
        return new ReceivedMail(headers, text[(end + 4)..]);
    }

    [GeneratedRegex(@"https://chat\.example\.org/\S+\?token=(?<token>\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenOfALink();

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folded();
}
