using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace UglyToad.PdfPig;

/// <summary>Runs one of poppler's programs over a document, with bounds on its time, its memory and what it writes.</summary>
internal static class Poppler
{
    private const int MaxOutput = 64 * 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static string Run(string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])["-c", "ulimit -v 1500000; ulimit -t 60; exec \"$@\"", "sh", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        using var timer = new Timer(static state => Kill((Process)state!), process, Deadline, Timeout.InfiniteTimeSpan);
        var writing = Task.Run(() => Write(process, input));
        var errors = Task.Run(() => Read(process.StandardError, 64 * 1024, process));
        var output = Read(process.StandardOutput, MaxOutput, process);
        process.WaitForExit();
        writing.Wait();
        return process.ExitCode switch
        {
            0 => output,
            127 => throw new InvalidOperationException($"'{program}' is not on this machine: install poppler-utils."),
            _ when errors.Result.Contains("Incorrect password", StringComparison.Ordinal) =>
                throw new PdfDocumentEncryptedException("The document was encrypted with a password."),
            _ => throw new PdfDocumentFormatException($"'{program}' ended with {process.ExitCode}: {errors.Result.Trim()}"),
        };
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("This stand-in runs poppler's programs by /bin/sh, which is not here.", exception);
        }
    }

    private static void Write(Process process, byte[] input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has seen enough.
        }
    }

    private static string Read(StreamReader reader, int most, Process process)
    {
        var text = new StringBuilder();
        var buffer = new char[16 * 1024];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > most)
            {
                Kill(process);
                throw new PdfDocumentFormatException("The document has more text than can be taken in.");
            }
        }

        return text.ToString();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
