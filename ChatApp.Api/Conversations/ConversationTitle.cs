using System.Globalization;

namespace ChatApp.Api.Conversations;

/// <summary>The title that a conversation gets from its first message.</summary>
internal static class ConversationTitle
{
    private const int MaxLength = 60;

    /// <summary>The first line's beginning, cut between words, and never inside a character of several code points.</summary>
    public static string From(string text)
    {
        var line = text.Trim().Split(['\r', '\n'], 2)[0].TrimEnd();
        if (line.Length <= MaxLength)
        {
            return line;
        }

        var cut = 0;
        var lastSpace = 0;
        while (cut < line.Length)
        {
            var length = StringInfo.GetNextTextElementLength(line, cut);
            if (cut + length > MaxLength)
            {
                break;
            }

            if (char.IsWhiteSpace(line[cut]))
            {
                lastSpace = cut;
            }

            cut += length;
        }

        return line[..(lastSpace > MaxLength / 2 ? lastSpace : cut)].TrimEnd() + '…';
    }
}
