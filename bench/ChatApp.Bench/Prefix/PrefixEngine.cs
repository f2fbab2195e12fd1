using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Prefix;

/// <summary>A llama-server of its own with the built-in model, so that nobody else's prompts are in its cache.</summary>
internal sealed class PrefixEngine : IAsyncDisposable
{
    /// <summary>All that the built-in model declares; the server gives it no more.</summary>
    public const int Context = 2048;

    private readonly Process _process;

    private PrefixEngine(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="cacheMegabytes">What it keeps of prompts besides those in its slots; null for llama-server's own default.</param>
    public static async Task<PrefixEngine> StartAsync(CancellationToken cancellationToken, int? cacheMegabytes = null)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("bash", [Programs.Script("eng", "local", "llama-server.sh")]) 
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["MODEL"] = Programs.Script("eng", "models", "tiny-chat", "tiny-chat-q8_0.gguf");
        start.Environment["ALIAS"] = "tiny-chat";
        start.Environment["CONTEXT"] = Context.ToString(CultureInfo.InvariantCulture);
        start.Environment["DATA"] = Programs.Script(".data", "llama.cpp");
        if (cacheMegabytes is { } most)
        {
            start.Environment["LLAMA_ARG_CACHE_RAM"] = most.ToString(CultureInfo.InvariantCulture);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var engine = new PrefixEngine(process, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await engine.WaitAsync(cancellationToken);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException("llama-server ended at once: is it installed? ./chatapp setup");
            }

            try
            {
                using var health = await http.GetAsync("/health", limit.Token);
                if (health.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }
}
