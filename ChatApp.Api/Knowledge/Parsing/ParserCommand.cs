using System.Globalization;
using System.Text.Json;
using ChatApp.Api.Knowledge.Documents;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>
/// The process that reads one document: from standard input, for lines on standard output. It has a process of its own because what people
/// upload may make any parser run for ever, or out of memory or stack; and it is given nothing that is worth stealing.
/// </summary>
internal static class ParserCommand
{
    public const string Name = "read-document";

    /// <summary>Whether this process was started for that.</summary>
    public static bool IsAskedFor(string[] args) => args is [Name, ..];

    /// <summary>The arguments for a document.</summary>
    public static string[] Arguments(DocumentKind format, ParserLimits limits, TimeSpan timeout) =>
    [
        Name, format.Stored, Text(limits.MaxPages), Text(limits.MaxChunks), Text((int)timeout.TotalSeconds + 5),
    ];

    public static int Run(string[] args)
    {
        // The worker ends this process in time; this is for when the worker is gone.
        using var deadline = new Timer(static _ => Environment.Exit(3), null, TimeSpan.FromSeconds(Number(args[4])), Timeout.InfiniteTimeSpan);
        using var output = Console.OpenStandardOutput();
        Write(output, new ParserLine { Started = true });
        try
        {
            using var content = new MemoryStream();
            using (var input = Console.OpenStandardInput())
            {
                input.CopyTo(content);
            }

            var parserInput = new ParserInput(
                content.ToArray(), new ParserLimits(Number(args[2]), Number(args[3])), (done, all) => Write(output, new ParserLine { Page = done, Pages = all }));
            content.SetLength(0);
            content.Capacity = 0;
            DocumentParsers.Parse(DocumentKinds.FromStored(args[1]), parserInput, chunk => Write(output, new ParserLine { Chunk = chunk }));
            Write(output, new ParserLine { Ended = true });
            return 0;
        }
        catch (ParseException exception)
        {
            Fail(output, exception, exception.InnerException);
        }
        catch (OutOfMemoryException)
        {
            Write(output, new ParserLine { ErrorCode = ParseErrors.TooComplexCode, ErrorDetail = ParseErrors.TooComplexDetail });
        }
        catch (IOException)
        {
            // Nobody listens any more.
            return 2;
        }
        catch (Exception exception)
        {
            // Whatever else a library throws at a document, it is the document that it cannot read.
            Fail(output, ParseErrors.Damaged("it could not be read to its end"), exception);
        }

        return 1;
    }

    private static void Fail(Stream output, ParseException failure, Exception? cause)
    {
        if (cause is not null)
        {
            Console.Error.WriteLine(cause);
        }

        Write(output, new ParserLine { ErrorCode = failure.Code, ErrorDetail = failure.Message });
    }

    private static void Write(Stream output, ParserLine line)
    {
        output.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, ParserJsonContext.Default.ParserLine), (byte)'\n']);
        output.Flush();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
