using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatApp.Api.Prompting;

/// <summary>Makes text that others wrote fit to stand inside a fence: whatever it holds, it does not end it.</summary>
internal static partial class UntrustedText
{
    private const int BoundaryBytes = 6;

    /// <summary>
    /// The code of a fence. Who wrote the text could not know it; and for the same thing it is the same, so that a prompt can be
    /// made again and its beginning stays in the engine's cache.
    /// </summary>
    public static string Boundary(Guid of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"fence {of:N}")).AsSpan(0, BoundaryBytes));

    /// <summary>The text without what could pass for the fence or for the engine's own marks between messages.</summary>
    public static string Clean(string text, string boundary)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            cleaned.Append(character is '\n' or '\t' || !char.IsControl(character) ? character : ' ');
        }

        // Until none is left: taking one out can put another together.
        var result = cleaned.ToString();
        while (result.Contains(boundary, StringComparison.OrdinalIgnoreCase))
        {
            result = result.Replace(boundary, "", StringComparison.OrdinalIgnoreCase);
        }

        return WithoutMarks(result);
    }

    /// <summary>The same in one line.</summary>
    public static string CleanLine(string text, string boundary) => Spaces().Replace(Clean(text, boundary), " ").Trim();

    /// <summary>The text with nothing that could pass for the engine's own marks between messages.</summary>
    public static string WithoutMarks(string text) => EngineMarks().Replace(text, "$0 ");

    // ChatML and its kin (<|im_start|>, <｜User｜>), Llama 2, Gemma, Mistral: a space after the bracket makes plain text of them.
    [GeneratedRegex(@"<(?=[|｜]|/?(s|bos|eos|unk|pad|start_of_turn|end_of_turn)>|<?/?SYS>>)|\[(?=/?(INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS)\])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EngineMarks();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Spaces();
}
