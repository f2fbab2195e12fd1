using System.Buffers.Text;
using System.Text.Json;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>Checks that the tokens of one answer come once each and in order, as the simulator numbered them, and that the answer ends as one.</summary>
/// <param name="expected">How many tokens there must be.</param>
/// <param name="arrivals">What is told of each token; null for nobody.</param>
internal sealed class TokenOrder(int expected, Arrivals? arrivals = null)
{
    private long _lastAt;

    /// <summary>Tokens that came, repeated ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the token that must come next.</summary>
    public int Next { get; private set; }

    /// <summary>Tokens that were jumped over; with <see cref="Missing"/> all that was lost.</summary>
    public int Skipped { get; private set; }

    /// <summary>Tokens that came again.</summary>
    public int Repeated { get; private set; }

    /// <summary>Whether an event was no JSON, or said that something failed.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the answer said why it ended.</summary>
    public bool HasReason { get; private set; }

    /// <summary>Whether <c>[DONE]</c> came.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Tokens at the end that have not come.</summary>
    public int Missing => Math.Max(0, expected - Next);

    /// <summary>Whether all is there, once, in order, and ended well.</summary>
    public bool IsWhole => IsDone && HasReason && !IsBroken && Next == expected && Skipped + Repeated == 0;

    /// <summary>Takes one line of the event stream.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public void TakeLine(ReadOnlySpan<byte> line, long now)
    {
        if (!line.StartsWith("data:"u8))
        {
            return;
        }

        var data = line["data:"u8.Length..].TrimStart((byte)' ');
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            return;
        }

        try
        {
            Read(new Utf8JsonReader(data), now);
        }
        catch (JsonException)
        {
            IsBroken = true;
        }
    }

    private void Read(Utf8JsonReader reader, long now)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0)
                {
                    Token(reader.ValueSpan, now);
                }
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                HasReason |= reader.TokenType == JsonTokenType.String;
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                IsBroken = true;
            }
        }
    }

    // t1795254942338955#12;
    private void Token(ReadOnlySpan<byte> text, long now)
    {
        if (text[0] != 't'
            || !Utf8Parser.TryParse(text[1..], out long sentAt, out var digits)
            || !Utf8Parser.TryParse(text[Math.Min(text.Length, digits + 2)..], out int place, out _))
        {
            IsBroken = true;
            return;
        }

        Count++;
        if (place < Next)
        {
            Repeated++;
            return;
        }

        Skipped += place - Next;
        Next = place + 1;
        arrivals?.Token(now - sentAt, _lastAt == 0 ? null : now - _lastAt);
        _lastAt = now;
    }
}
