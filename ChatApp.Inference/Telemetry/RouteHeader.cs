using System.Globalization;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Telemetry;

/// <summary>
/// Writes <see cref="CallHeaders.Route"/>: <c>model=llama3.2; engine=gpu-1; placed=kept; attempts=2; queued=12; tried=gpu-2:connect</c>. Whatever
/// is not a plain character in a name is percent-encoded, so that no name can end a value or a header. At most 500 characters; what
/// does not fit any more is left out whole.
/// </summary>
internal ref struct RouteHeader
{
    private const int MaximumLength = 500;
    private const int MaximumValue = 120;

    private readonly Span<char> _buffer;
    private int _length;

    private RouteHeader(Span<char> buffer) => _buffer = buffer;

    /// <summary>What the header says of a call as it is now.</summary>
    public static string Of(GatewayCall call)
    {
        var header = new RouteHeader(stackalloc char[MaximumLength]);
        header.Add("model", call.Model.Name);
        if (call.Attempts is [.., { Failure: null } answering])
        {
            header.Add("engine", answering.Target.Engine.Name);
            header.Add("placed", call.Placed);
        }

        if (call.Attempts.Count > 0)
        {
            header.Add("attempts", call.Attempts.Count);
        }

        if (call.Queued >= TimeSpan.FromMilliseconds(1))
        {
            header.Add("queued", (long)call.Queued.TotalMilliseconds);
        }

        header.AddTried(call);
        if (call.Complexity is { } complexity)
        {
            header.Add("auto", complexity, "F2");
        }

        if (call.IsFromCache)
        {
            header.Add("cache", "hit");
        }

        return new string(header._buffer[..header._length]);
    }

    private void Add(string name, string value)
    {
        var before = _length;
        if (!(TryBegin(name) && TryEscape(value)))
        {
            _length = before;
        }
    }

    private void Add<T>(string name, T value, ReadOnlySpan<char> format = default)
        where T : ISpanFormattable
    {
        var before = _length;
        if (TryBegin(name) && value.TryFormat(_buffer[_length..], out var written, format, CultureInfo.InvariantCulture))
        {
            _length += written;
        }
        else
        {
            _length = before;
        }
    }

    private void AddTried(GatewayCall call)
    {
        var any = false;
        foreach (var attempt in call.Attempts)
        {
            if (attempt.Failure is not { } failure)
            {
                continue;
            }

            var before = _length;
            if (!((any ? TryAppend(",") : TryBegin("tried")) && TryEscape(attempt.Target.Engine.Name) && TryAppend(":") && TryEscape(failure.Reason)))
            {
                _length = before;
                return;
            }

            any = true;
        }
    }

    private bool TryBegin(string name) => (_length == 0 || TryAppend("; ")) && TryAppend(name) && TryAppend("=");

    private bool TryAppend(scoped ReadOnlySpan<char> text)
    {
        if (!text.TryCopyTo(_buffer[_length..]))
        {
            return false;
        }

        _length += text.Length;
        return true;
    }

    // Names come from configuration and from admins, reasons from the gateway: none is long but by mistake.
    private bool TryEscape(string value)
    {
        var from = _length;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (_length - from >= MaximumValue)
            {
                return true;
            }

            if (rune.IsAscii && IsPlain((char)rune.Value))
            {
                if (!TryAppend([(char)rune.Value]))
                {
                    return false;
                }

                continue;
            }

            foreach (var part in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (!TryAppend(['%', Digit(part >> 4), Digit(part & 15)]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '/' or '@' or '+' or ':';

    private static char Digit(int value) => "0123456789ABCDEF"[value];
}
