using System.Globalization;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Gateway.Stage;

/// <summary>Portkey's gateway, told by headers to ask the simulator as if it were OpenAI.</summary>
internal static class PortkeyPeer
{
    /// <param name="port">Where it is to listen.</param>
    /// <param name="engine">The engine's port.</param>
    public static Peer Find(int port, int engine)
    {
        var folder = Programs.Script(".data", "tools", "portkey");
        var script = Path.Combine(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js");
        if (!File.Exists(script) || Executables.Find("node") is not { } node)
        {
            return new Peer { HowToGet = "Portkey's gateway is not here: ./chatapp bench gateway --peers installs it by npm into .data/tools/portkey" };
        }

        return new Peer
        {
            Name = "Portkey 1.15.2",
            Program = node,
            Arguments =
            [
                "--require", Programs.Script("eng", "setup", "loopback.cjs"), script, "--headless",
                string.Create(CultureInfo.InvariantCulture, $"--port={port}"),
            ],
            Environment = new() { ["NODE_ENV"] = "production" },
            Headers = string.Create(CultureInfo.InvariantCulture, $"x-portkey-provider: openai\r\nx-portkey-custom-host: http://127.0.0.1:{engine}/v1\r\n"),
            Note = "Portkey's reader of streams sleeps 25 ms before the first piece (a setTimeout in build/start-server.js): 25 ms of its time to first token are that.",
        };
    }
}
