using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatApp.Api.Knowledge.Documents;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Has a document read by a process of its own, with bounds on its time and its memory.</summary>
internal sealed partial class ParserProcess(IOptions<KnowledgeOptions> options, ILogger<ParserProcess> logger)
{
    private const int MaxErrors = 8 * 1024;

    /// <summary>What a process is told of this one's environment; secrets are not.</summary>
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot", "DOTNET_ROOT", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"];

    /// <param name="format">What it is.</param>
    /// <param name="content">Writes its bytes.</param>
    /// <param name="progress">Is told pages read, of how many.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="ParseException">The document cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The process could not be started, which is not the document's doing.</exception>
    public async Task<IReadOnlyList<ParsedChunk>> ReadAsync(
        DocumentKind format, Func<Stream, CancellationToken, Task> content, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.ReadingTimeout);
        using var process = Process.Start(Command(format)) ?? throw new InvalidOperationException("The parser's process did not start.");
        try
        {
            var errors = ReadErrorsAsync(process.StandardError);
            var writing = WriteAsync(process, content, deadline.Token);
            var (chunks, last) = await ReadLinesAsync(process.StandardOutput, progress, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            await writing;
            if (await errors is { Length: > 0 } said)
            {
                LogErrors(format, said);
            }

            return last switch
            {
                { Ended: true } => chunks,
                { ErrorCode: { } code } => throw new ParseException(code, last.ErrorDetail ?? ""),
                null => throw new InvalidOperationException($"The parser's process ended with {process.ExitCode} before it began."),
                // It ran, and went without a word: out of memory or stack.
                _ => throw new ParseException(ParseErrors.TooComplexCode, ParseErrors.TooComplexDetail),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ParseException(ParseErrors.TooSlowCode, ParseErrors.TooSlowDetail);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task WriteAsync(Process process, Func<Stream, CancellationToken, Task> content, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await content(input, cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read everything, and says why on its other streams.
        }
    }

    private static async Task<(List<ParsedChunk> Chunks, ParserLine? Last)> ReadLinesAsync(
        StreamReader output, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var chunks = new List<ParsedChunk>();
        ParserLine? last = null;
        while (await output.ReadLineAsync(cancellationToken) is { } text)
        {
            try
            {
                last = JsonSerializer.Deserialize(text, ParserJsonContext.Default.ParserLine) ?? last;
            }
            catch (JsonException)
            {
                // Cut off in the middle of a line.
                break;
            }

            if (last is { Chunk: { } chunk })
            {
                chunks.Add(chunk);
            }
            else if (last is { Page: { } page, Pages: { } pages })
            {
                progress(page, pages);
            }
        }

        return (chunks, last);
    }

    private static async Task<string> ReadErrorsAsync(StreamReader errors)
    {
        var buffer = new char[MaxErrors];
        var length = await errors.ReadBlockAsync(buffer);
        var rest = new char[1024];
        while (length == buffer.Length && await errors.ReadAsync(rest) > 0)
        {
        }

        return new string(buffer, 0, length).Trim();
    }

    private ProcessStartInfo Command(DocumentKind format)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            CreateNoWindow = true,
        };
        var assembly = typeof(ParserProcess).Assembly.Location;
        if (assembly.Length == 0)
        {
            // Published as one file: the program is the assembly.
            start.FileName = Environment.ProcessPath!;
        }
        else
        {
            start.FileName = Host();
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(assembly);
        }

        foreach (var argument in ParserCommand.Arguments(format, new ParserLimits(options.Value.MaxPages, options.Value.MaxChunks), options.Value.ReadingTimeout))
        {
            start.ArgumentList.Add(argument);
        }

        var inherited = Inherited.Where(start.Environment.ContainsKey).ToDictionary(static n => n, n => start.Environment[n], StringComparer.Ordinal);
        start.Environment.Clear();
        foreach (var (name, value) in inherited)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = (options.Value.ReadingMemory * 1024L * 1024).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    // The host that runs this process's runtime, which is not always what this process was started as.
    private static string Host()
    {
        var host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? Path.GetFullPath(host) : "dotnet";
    }

    [LoggerMessage(LogLevel.Debug, "Reading a {Format} document: {Errors}")]
    private partial void LogErrors(DocumentKind format, string errors);
}
