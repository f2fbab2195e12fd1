using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>JSON, each value by its path: <c>products[3].name: Tea</c>. Elements of lists near the top stay together.</summary>
internal sealed class JsonParser : IDocumentParser
{
    private const int MaxDepth = 64;

    /// <summary>Lists this near to the top are lists of things; deeper ones are parts of a thing.</summary>
    private const int DepthOfThings = 3;

    public void Parse(ParserInput input, Chunker output)
    {
        var content = Encoding.UTF8.GetBytes(TextEncoding.Decode(input.Content));
        var options = new JsonReaderOptions { MaxDepth = MaxDepth + 1, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        var path = new JsonPath();
        var thing = new StringBuilder();
        var reader = new Utf8JsonReader(content, options);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        path.Name(reader.GetString()!);
                        if (reader.CurrentDepth == 1)
                        {
                            End(thing, output);
                            output.Heading(1, reader.GetString()!);
                        }

                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        if (reader.CurrentDepth >= MaxDepth)
                        {
                            throw ParseErrors.TooComplex("its values are nested too deeply");
                        }

                        path.Enter(isList: reader.TokenType == JsonTokenType.StartArray);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        path.Leave();
                        EndThing(path, reader.CurrentDepth, thing, output);
                        break;
                    case JsonTokenType.Null:
                        path.Value();
                        break;
                    default:
                        path.Value();
                        thing.Append(path).Append(path.IsEmpty ? "" : ": ")
                            .Append(reader.TokenType == JsonTokenType.String ? ChunkText.Line(reader.GetString()) : Encoding.UTF8.GetString(reader.ValueSpan)).Append('\n');
                        EndThing(path, reader.CurrentDepth, thing, output);
                        break;
                }
            }

            End(thing, output);
        }
        catch (JsonException exception)
        {
            throw ParseErrors.Damaged(string.Create(CultureInfo.InvariantCulture, $"line {exception.LineNumber + 1} is not proper JSON"), exception);
        }
        catch (InvalidOperationException exception)
        {
            // A string that is not proper Unicode.
            throw ParseErrors.Damaged("a string in it is not text", exception);
        }
    }

    private static void EndThing(JsonPath path, int depth, StringBuilder thing, Chunker output)
    {
        if (path.IsInList && depth <= DepthOfThings)
        {
            End(thing, output);
        }
    }

    private static void End(StringBuilder thing, Chunker output)
    {
        output.Item(thing.ToString());
        thing.Clear();
    }
}
