using System.Text.Json;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;

namespace ChatApp.Inference.Forwarding;

/// <summary>Takes a target's events and passes on what is OpenAI's, whole and valid; notes what the answer took.</summary>
internal sealed class EventFilter(CallUsage usage, IEventTranslator? translator, bool hidesUsage, TimeProvider time) : IDisposable
{
    private readonly PooledOutput _translated = new();

    /// <summary>What the caller gets.</summary>
    public PooledOutput Output { get; } = new();

    /// <summary>Whether text, or whatever else the answer is made of, has passed.</summary>
    public bool HasPiece { get; private set; }

    /// <summary>Whether it said why it ended.</summary>
    public bool HasFinish { get; private set; }

    /// <summary>Whether the last event has passed.</summary>
    public bool IsDone { get; private set; }

    private static ReadOnlySpan<byte> Done => "[DONE]"u8;

    /// <summary>Takes one whole event.</summary>
    /// <returns>Whether the target got on: one that only shows that it lives is none.</returns>
    /// <exception cref="JsonException">It is no event of such an answer.</exception>
    /// <exception cref="DialectException">The engine says that it failed.</exception>
    public bool Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        if (translator is null)
        {
            Pass(data);
            return true;
        }

        if (name.SequenceEqual("ping"u8))
        {
            return false;
        }

        var ends = translator.Translate(name, data, _translated);
        PassTranslated();
        if (ends)
        {
            Finish();
        }

        return true;
    }

    /// <summary>Ends the answer as a client expects it.</summary>
    public void Finish()
    {
        if (!IsDone)
        {
            IsDone = true;
            Write(Done);
        }
    }

    public void Dispose()
    {
        Output.Dispose();
        _translated.Dispose();
    }

    private void PassTranslated()
    {
        // The translator writes whole events, each its data line and an empty one.
        for (var rest = _translated.Written; !rest.IsEmpty;)
        {
            var end = rest.IndexOf("\n\n"u8);
            if (end < 0 || !rest.StartsWith("data: "u8))
            {
                throw new JsonException("It is no whole event.");
            }

            Pass(rest["data: ".Length..end]);
            rest = rest[(end + 2)..];
        }

        _translated.Dispose();
    }

    private void Pass(ReadOnlySpan<byte> data)
    {
        if (IsDone)
        {
            return;
        }

        if (data.SequenceEqual(Done))
        {
            Finish();
            return;
        }

        var facts = AnswerReader.Read(data, usage);
        if (facts.HasError)
        {
            throw new DialectException("The engine said that it failed.");
        }

        HasFinish |= facts.HasFinish;
        if (facts.HasPiece)
        {
            HasPiece = true;
            var now = time.GetTimestamp();
            usage.FirstTokenAt ??= now;
            usage.LastTokenAt = now;
            usage.Pieces++;
        }

        if (!(hidesUsage && facts.HasUsage && !facts.HasChoice))
        {
            Write(data);
        }
    }

    private void Write(ReadOnlySpan<byte> data)
    {
        const int Frame = 8;
        var line = Output.GetSpan(data.Length + Frame);
        "data: "u8.CopyTo(line);
        data.CopyTo(line[6..]);
        // Data of several lines is JSON all the same without them.
        line.Slice(6, data.Length).Replace((byte)'\n', (byte)' ');
        "\n\n"u8.CopyTo(line[(6 + data.Length)..]);
        Output.Advance(data.Length + Frame);
    }
}
