using System.Globalization;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Gateway.Stage;

/// <summary>nginx as a proxy that passes every piece on at once and keeps its connections.</summary>
internal static class NginxPeer
{
    /// <param name="port">Where it is to listen.</param>
    /// <param name="engine">The engine's port.</param>
    /// <param name="folder">For its settings and what it writes.</param>
    public static Peer Find(int port, int engine, string folder)
    {
        var unpacked = Programs.Script(".data", "tools", "nginx", "usr", "sbin", "nginx");
        if ((File.Exists(unpacked) ? unpacked : Executables.Find("nginx")) is not { } program)
        {
            return new Peer { HowToGet = "nginx is not here: ./chatapp bench gateway --peers unpacks Debian's package into .data/tools/nginx" };
        }

        var settings = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(settings, Settings(port, engine, folder));
        return new Peer { Name = "nginx", Program = program, Arguments = ["-p", folder, "-c", settings, "-e", Path.Combine(folder, "nginx-error.log")] };
    }

    // One process, as it is on one core; no log of calls, since the others write none either.
    private static string Settings(int port, int engine, string folder) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        master_process off;
        worker_rlimit_nofile 20000;
        pid {{folder}}/nginx.pid;
        events { worker_connections 16000; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/nginx-body;
          proxy_temp_path {{folder}}/nginx-proxy;
          fastcgi_temp_path {{folder}}/nginx-fastcgi;
          uwsgi_temp_path {{folder}}/nginx-uwsgi;
          scgi_temp_path {{folder}}/nginx-scgi;
          keepalive_requests 1000000000;
          client_body_buffer_size 64k;
          upstream engine { server 127.0.0.1:{{engine}}; keepalive 256; keepalive_requests 1000000000; }
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://engine;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_read_timeout 300s;
            }
          }
        }
        """);
}
