using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>
/// The events of one streamed message as OpenAI's chunks: the role, what it thinks (<c>reasoning_content</c>), the text, calls of tools, why it ended,
/// the tokens, <c>[DONE]</c>. What comes often is copied from JSON into JSON as it stands, and allocates nothing.
/// </summary>
/// <param name="created">When the answer began, in seconds since 1970.</param>
internal sealed class MessageEvents(long created) : IEventTranslator
{
    private const int LongestReason = 40;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_"u8);

    private byte[] _head = [];
    private MessageUsage _usage;
    private int _tool = -1;
    private bool _isInTool;
    private bool _hasArguments;
    private bool _hasEnded;

    public bool Translate(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        var read = MessageEvent.Read(data, ref _usage);
        if (read.Type.SequenceEqual("content_block_delta"u8))
        {
            WriteDelta(read, output);
        }
        else if (read.Type.SequenceEqual("content_block_start"u8))
        {
            StartBlock(read, output);
        }
        else if (read.Type.SequenceEqual("content_block_stop"u8))
        {
            StopBlock(output);
        }
        else if (read.Type.SequenceEqual("message_start"u8))
        {
            Start(read, output);
        }
        else if (read.Type.SequenceEqual("message_delta"u8))
        {
            WriteEnd(read, output);
        }
        else if (read.Type.SequenceEqual("message_stop"u8))
        {
            WriteUsage(output);
            return true;
        }
        else if (read.Type.SequenceEqual("error"u8))
        {
            throw new DialectException($"Anthropic's API broke off with {Word(read.ErrorType)}.");
        }
        else if (read.Type.IsEmpty)
        {
            throw new JsonException("The event has no type.");
        }

        // Pings, and kinds of events that are yet to come, say nothing.
        return false;
    }

    private void Start(in MessageEvent read, IBufferWriter<byte> output)
    {
        _head = [
            .. "data: {\"id\":\""u8, .. read.MessageId,
            .. "\",\"object\":\"chat.completion.chunk\",\"created\":"u8, .. Encoding.UTF8.GetBytes(created.ToString(CultureInfo.InvariantCulture)),
            .. ",\"model\":\""u8, .. read.Model,
            .. "\",\"choices\":["u8];
        Write(output, "\"role\":\"assistant\",\"content\":\""u8, [], "\"},\"finish_reason\":null}]}\n\n"u8);
    }

    private void WriteDelta(in MessageEvent read, IBufferWriter<byte> output)
    {
        if (read.DeltaType.SequenceEqual("text_delta"u8))
        {
            WriteText("\"content\":\""u8, read.Text, output);
        }
        else if (read.DeltaType.SequenceEqual("thinking_delta"u8))
        {
            WriteText("\"reasoning_content\":\""u8, read.Thinking, output);
        }
        else if (read.DeltaType.SequenceEqual("input_json_delta"u8) && _isInTool && !read.PartialJson.IsEmpty)
        {
            WriteArguments(read.PartialJson, output);
        }

        // Signatures and citations have no place in OpenAI's chunks.
    }

    private void StartBlock(in MessageEvent read, IBufferWriter<byte> output)
    {
        _isInTool = read.BlockType.SequenceEqual("tool_use"u8);
        if (_isInTool)
        {
            _tool++;
            _hasArguments = false;
            WriteHead(output);
            output.Write("{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"u8);
            WriteTool(output);
            output.Write(",\"id\":\""u8);
            output.Write(read.BlockId);
            output.Write("\",\"type\":\"function\",\"function\":{\"name\":\""u8);
            output.Write(read.BlockName);
            output.Write("\",\"arguments\":\"\"}}]},\"finish_reason\":null}]}\n\n"u8);
        }
        else if (read.BlockType.SequenceEqual("text"u8))
        {
            WriteText("\"content\":\""u8, read.Text, output);
        }
    }

    private void StopBlock(IBufferWriter<byte> output)
    {
        if (_isInTool && !_hasArguments)
        {
            // A tool without parameters: what callers parse is an object all the same.
            WriteArguments("{}"u8, output);
        }

        _isInTool = false;
    }

    private void WriteText(ReadOnlySpan<byte> member, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            Write(output, member, text, "\"},\"finish_reason\":null}]}\n\n"u8);
        }
    }

    private void WriteArguments(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        _hasArguments = true;
        WriteHead(output);
        output.Write("{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"u8);
        WriteTool(output);
        output.Write(",\"function\":{\"arguments\":\""u8);
        output.Write(json);
        output.Write("\"}}]},\"finish_reason\":null}]}\n\n"u8);
    }

    private void WriteEnd(in MessageEvent read, IBufferWriter<byte> output)
    {
        if (!read.StopReason.IsEmpty)
        {
            _hasEnded = true;
            Write(output, "},\"finish_reason\":\""u8, FinishReasons.Of(read.StopReason), "\"}]}\n\n"u8);
        }
    }

    private void WriteUsage(IBufferWriter<byte> output)
    {
        if (!_hasEnded)
        {
            throw new JsonException("The message stopped without saying why.");
        }

        WriteHead(output);
        output.Write("],\"usage\":"u8);
        using (var writer = new Utf8JsonWriter(output))
        {
            _usage.Write(writer);
        }

        output.Write("}\n\ndata: [DONE]\n\n"u8);
    }

    private void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> member, ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        WriteHead(output);
        output.Write("{\"index\":0,\"delta\":{"u8);
        output.Write(member);
        output.Write(text);
        output.Write(end);
    }

    private void WriteHead(IBufferWriter<byte> output)
    {
        if (_head is [])
        {
            throw new JsonException("The message has not been started.");
        }

        output.Write(_head);
    }

    private void WriteTool(IBufferWriter<byte> output)
    {
        _tool.TryFormat(output.GetSpan(11), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    // The provider's own words stay out of messages; its types are a few words of a published list.
    private static string Word(ReadOnlySpan<byte> type) =>
        type.Length is > 0 and <= LongestReason && type.IndexOfAnyExcept(Letters) < 0 ? Encoding.UTF8.GetString(type) : "an error";
}
