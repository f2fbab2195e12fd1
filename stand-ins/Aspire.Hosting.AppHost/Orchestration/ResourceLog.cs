using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Where the lines of the resources go: to the console with the resource's name in front, or to loggers when tests ask for that.</summary>
internal sealed partial class ResourceLog(DistributedApplicationOptions options, IHostEnvironment host, ILoggerFactory loggers)
{
    /// <summary>How many of a resource's last lines on standard error are kept for the message when it fails.</summary>
    private const int KeptLines = 20;

    private static readonly int[] Colours = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];

    private readonly Lock _console = new();
    private readonly ConcurrentDictionary<string, Queue<string>> _errors = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];
    private readonly bool _isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private int _width = 9;

    /// <summary>Lines up the names in front of the lines.</summary>
    public void Register(IEnumerable<string> names)
    {
        lock (_console)
        {
            _names.AddRange(names);
            _width = Math.Max(_width, _names.Select(name => name.Length).DefaultIfEmpty().Max());
        }
    }

    /// <summary>A line that a resource wrote.</summary>
    public void Output(string resource, string line, bool isError)
    {
        if (isError)
        {
            var kept = _errors.GetOrAdd(resource, _ => new Queue<string>());
            lock (kept)
            {
                kept.Enqueue(WithoutColour(line));
                if (kept.Count > KeptLines)
                {
                    kept.Dequeue();
                }
            }
        }

        Write(resource, line, isState: false);
    }

    /// <summary>What happens to a resource.</summary>
    public void State(string resource, string text) => Write(resource, text, isState: true);

    /// <summary>A line of the AppHost's own.</summary>
    public void Say(string text)
    {
        if (options.EnableResourceLogging)
        {
            LogLine(loggers.CreateLogger("Aspire.Hosting"), text);
            return;
        }

        lock (_console)
        {
            Console.Out.WriteLine(text);
        }
    }

    public IReadOnlyList<string> LastErrors(string resource)
    {
        if (!_errors.TryGetValue(resource, out var kept))
        {
            return [];
        }

        lock (kept)
        {
            return [.. kept];
        }
    }

    private static string WithoutColour(string line) => line.Contains('\e', StringComparison.Ordinal) ? Escapes().Replace(line, string.Empty) : line;

    private void Write(string resource, string line, bool isState)
    {
        if (options.EnableResourceLogging)
        {
            LogLine(loggers.CreateLogger($"{host.ApplicationName}.Resources.{resource}"), WithoutColour(line));
            return;
        }

        lock (_console)
        {
            var name = resource.PadRight(_width);
            if (_isTerminal)
            {
                var colour = Colours[Math.Max(0, _names.IndexOf(resource)) % Colours.Length];
                Console.Out.WriteLine(isState ? $"\e[{colour}m{name} |\e[0m \e[1m{line}\e[0m" : $"\e[{colour}m{name} |\e[0m {line}\e[0m");
            }
            else
            {
                Console.Out.WriteLine($"{name} | {WithoutColour(line)}");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void LogLine(ILogger logger, string line);

    [GeneratedRegex(@"\e(\[[0-9;?]*[ -/]*[@-~]|\][^\a\e]*(\a|\e\\)|[@-Z\\-_])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escapes();
}
