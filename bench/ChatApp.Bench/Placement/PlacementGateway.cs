using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Placement;

/// <summary>The gateway's own process in front of some llama-servers.</summary>
internal sealed class PlacementGateway : IAsyncDisposable
{
    public const string Key = "a-key-only-for-this-run";

    private readonly Process _process;

    private PlacementGateway(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<PlacementGateway> StartAsync(string placement, string model, IReadOnlyList<Uri> engines, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var program = Programs.Find("ChatApp.Inference");
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(program)!,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Gateway__Key"] = Key;
        start.Environment["Gateway__Placement"] = placement;
        for (var i = 0; i < engines.Count; i++)
        {
            var section = string.Create(CultureInfo.InvariantCulture, $"Engines__{i}__");
            start.Environment[section + "Name"] = string.Create(CultureInfo.InvariantCulture, $"engine-{i + 1}");
            start.Environment[section + "Kind"] = "LlamaCpp";
            start.Environment[section + "Address"] = engines[i].GetLeftPart(UriPartial.Authority);
            start.Environment[section + "Model"] = model;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var gateway = new PlacementGateway(process, address);
        try
        {
            await gateway.WaitAsync(cancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
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
                throw new InvalidOperationException("The gateway ended at once.");
            }

            try
            {
                using var alive = await http.GetAsync("/alive", limit.Token);
                if (alive.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
