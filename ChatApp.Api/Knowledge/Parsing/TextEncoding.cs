using System.Buffers;
using System.Text;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Says how text is encoded, and whether it is text.</summary>
internal static class TextEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads <paramref name="content"/> to its end, a buffer at a time.</summary>
    /// <returns>Null when it is no text.</returns>
    public static Encoding? Detect(Stream content)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var counts = new ByteCounts();
            var utf8 = StrictUtf8.GetDecoder();
            var isUtf8 = true;
            var isFirst = true;
            Encoding? marked = null;
            for (int read; (read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0;)
            {
                var bytes = buffer.AsSpan(0, read);
                if (isFirst)
                {
                    marked = ByMark(bytes);
                    isFirst = false;
                }

                counts.Add(bytes);
                isUtf8 = isUtf8 && IsValid(utf8, bytes, flush: false);
            }

            isUtf8 = isUtf8 && IsValid(utf8, [], flush: true);
            return marked is null or UTF8Encoding ? Choose(counts, isUtf8) : counts.CanBeWide ? marked : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The text, without a byte order mark.</summary>
    /// <exception cref="ParseException">It is no text.</exception>
    public static string Decode(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        var encoding = Detect(stream) ?? throw ParseErrors.WrongType("The document is not text. Save it as UTF-8 text and upload that.");
        return Decode(content, encoding);
    }

    public static string Decode(byte[] content, Encoding encoding)
    {
        var text = encoding.GetString(content);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    private static Encoding? Choose(ByteCounts counts, bool isUtf8)
    {
        if (counts.Zeros > 0)
        {
            return counts.LooksLikeUtf16(littleEndian: true) ? Encoding.Unicode
                : counts.LooksLikeUtf16(littleEndian: false) ? Encoding.BigEndianUnicode
                : null;
        }

        if (counts.HasTooManyControls)
        {
            return null;
        }

        // In Cyrillic texts most letters are beyond ASCII, in Western European ones few are.
        return isUtf8 ? Encoding.UTF8 : Encoding.GetEncoding(counts.HighLetters > counts.AsciiLetters ? 1251 : 1252);
    }

    private static Encoding? ByMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static bool IsValid(Decoder decoder, ReadOnlySpan<byte> bytes, bool flush)
    {
        try
        {
            Span<char> characters = stackalloc char[1024];
            while (true)
            {
                decoder.Convert(bytes, characters, flush, out var used, out _, out var completed);
                bytes = bytes[used..];
                if (completed)
                {
                    return true;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
