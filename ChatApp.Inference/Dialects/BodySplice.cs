using System.Text.Json;

namespace ChatApp.Inference.Dialects;

/// <summary>
/// Changes a JSON object's text in a few places, leaving every other byte as the caller sent it. Nothing is parsed and written anew:
/// a body may be large, and what the gateway does not know must arrive as it was.
/// </summary>
/// <param name="json">The object, which has at least one property.</param>
internal sealed class BodySplice(ReadOnlyMemory<byte> json)
{
    private readonly List<(Range At, ReadOnlyMemory<byte> Text)> _changes = [];

    /// <summary>Puts another text in place of a value.</summary>
    /// <param name="value">Where the value is.</param>
    /// <param name="text">JSON.</param>
    public BodySplice Replace(Range value, ReadOnlyMemory<byte> text)
    {
        _changes.Add((value, text));
        return this;
    }

    /// <summary>Adds properties as the first ones.</summary>
    /// <param name="properties">Such as <c>"a":1,</c> with the comma.</param>
    public BodySplice Add(ReadOnlyMemory<byte> properties)
    {
        var inside = json.Span.IndexOf((byte)'{') + 1;
        return Replace(inside..inside, properties);
    }

    /// <summary>The object as changed; the same memory when nothing was.</summary>
    public ReadOnlyMemory<byte> ToBody()
    {
        if (_changes is [])
        {
            return json;
        }

        // Additions share a place and keep their order; a list's own sort would not promise that.
        var ordered = _changes.OrderBy(change => change.At.Start.Value).ToList();
        var body = new byte[json.Length + ordered.Sum(change => change.Text.Length - (change.At.End.Value - change.At.Start.Value))];
        var (read, written) = (0, 0);
        foreach (var (at, text) in ordered)
        {
            json[read..at.Start.Value].CopyTo(body.AsMemory(written));
            written += at.Start.Value - read;
            text.CopyTo(body.AsMemory(written));
            written += text.Length;
            read = at.End.Value;
        }

        json[read..].CopyTo(body.AsMemory(written));
        return body;
    }

    /// <summary>A text as JSON, quotes included.</summary>
    public static ReadOnlyMemory<byte> Quoted(string text) => System.Text.Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\"");
}
