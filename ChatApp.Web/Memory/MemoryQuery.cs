namespace ChatApp.Web.Memory;

/// <summary>Which memories are looked at.</summary>
/// <param name="Text">What they should be about; null for all.</param>
/// <param name="PinnedOnly">Only those that are pinned.</param>
public sealed record MemoryQuery(string? Text, bool PinnedOnly)
{
    /// <summary>The longest text that the Api looks for.</summary>
    public const int LongestText = 500;

    /// <summary>From what stands in the address, which anybody may have written.</summary>
    public static MemoryQuery Of(string? text, bool? pinnedOnly)
    {
        text = text?.Trim();
        return new(string.IsNullOrEmpty(text) ? null : text[..Math.Min(text.Length, LongestText)], pinnedOnly == true);
    }

    /// <summary>The page's address for it, without the site's.</summary>
    public string Address(Guid character)
    {
        string?[] parts = [Text is null ? null : $"q={Uri.EscapeDataString(Text)}", PinnedOnly ? "pinned=true" : null];
        var query = string.Join('&', parts.OfType<string>());
        return query.Length > 0 ? $"memory/{character}?{query}" : $"memory/{character}";
    }
}
