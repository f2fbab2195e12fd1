using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatApp.Faults.Processes;
using Npgsql;

namespace ChatApp.Bench.Stack;

/// <summary>A private Postgres and nothing else, started as <c>./chatapp up</c> starts its own. Disposing it stops it and deletes its data.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _data;
    private readonly Process _server;

    private BenchDatabase(DirectoryInfo data, Process server, string connectionString)
    {
        _data = data;
        _server = server;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <exception cref="InvalidOperationException">It did not come up.</exception>
    public static async Task<BenchDatabase> StartAsync(CancellationToken cancellationToken)
    {
        const string password = "only-for-this-run";
        var data = Directory.CreateTempSubdirectory("chatapp-bench-");
        if (!OperatingSystem.IsWindows())
        {
            // The server runs as a user of its own when this runs as root, and must get through to its folder.
            data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var port = FreePort();
        // A small shell holds it, and stops it when this process closes its pipe or goes, however it goes.
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-c", """bash "$0" & cat >/dev/null; kill -TERM $!; wait""", Programs.Script("eng", "local", "postgres.sh")])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DATA"] = Path.Combine(data.FullName, "postgres");
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PASSWORD"] = password;
        start.Environment["DATABASE"] = "chatdb";
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "chatapp", Password = password, Database = "chatdb",
        };
        var server = Process.Start(start)!;
        // What it says is of interest to nobody, and a full pipe would stop it.
        server.OutputDataReceived += static (_, _) => { };
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var database = new BenchDatabase(data, server, connection.ConnectionString);
        try
        {
            await database.AnswersAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StandardInput.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _server.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _server.Kill(entireProcessTree: true);
        }

        _server.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception)
            {
                if (_server.HasExited || started.Elapsed > Patience)
                {
                    throw new InvalidOperationException("The private Postgres did not come up: run ./chatapp doctor.", exception);
                }

                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
