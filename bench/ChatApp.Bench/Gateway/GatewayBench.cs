using System.CommandLine;
using System.Diagnostics;
using ChatApp.Bench.Gateway.Stage;

namespace ChatApp.Bench.Gateway;

/// <summary>
/// What the gateway costs: the same load straight to the engine simulator, through the gateway, and through what one would use
/// instead, in turns, on cores of their own.
/// </summary>
internal static class GatewayBench
{
    public static Command Command()
    {
        var quick = new Option<bool>("--quick") { Description = "A short run that shows whether everything works; its figures are none." };
        var only = new Option<string[]>("--only")
        {
            Description = $"Parts ({string.Join(", ", GatewayPlan.Parts)}) and targets ({string.Join(", ", Target.Ids)}) to measure; the engine itself always is.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        only.AcceptOnlyFromAmong([.. GatewayPlan.Parts, .. Target.Ids]);
        var streams = new Option<int[]>("--streams") { Description = "How many streams at once, one row each.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var rounds = new Option<int?>("--rounds") { Description = "Rounds of the first token." };
        var seconds = new Option<int?>("--seconds") { Description = "How long all streams of a row are there." };
        var set = new Option<string[]>("--set") { Description = "More settings of the gateway, as Gateway__Placement=round-robin.", DefaultValueFactory = _ => [] };
        var command = new Command("gateway", "Added time, streams held, processor time and requests a second of the gateway, beside plain YARP, nginx and Portkey. --peers gets those.")
        {
            quick, only, streams, rounds, seconds, set,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = parsed.GetValue(only) ?? [];
            var plan = parsed.GetValue(quick) ? GatewayPlan.Quick : new GatewayPlan();
            plan = plan with
            {
                Only = [.. chosen.Intersect(GatewayPlan.Parts, StringComparer.Ordinal)],
                Steps = parsed.GetValue(streams) is { Length: > 0 } steps ? [.. steps.Where(static n => n is > 0 and <= 5000).Order()] : plan.Steps,
                Rounds = Math.Clamp(parsed.GetValue(rounds) ?? plan.Rounds, 1, 100),
                Holding = parsed.GetValue(seconds) is { } hold ? TimeSpan.FromSeconds(Math.Clamp(hold, 3, 60)) : plan.Holding,
            };
            await RunAsync(plan, [.. chosen.Intersect(Target.Ids, StringComparer.Ordinal)], Settings(parsed.GetValue(set) ?? []), cancellationToken);
        });
        return command;
    }

    private static async Task RunAsync(GatewayPlan plan, IReadOnlyCollection<string> only, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        // Before the first socket: what arrives is taken where it is noticed, which is the cheapest for a generator.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        var clock = Stopwatch.StartNew();
        await SayAsync("starting the engine simulator and what stands in front of it ...");
        await using var stage = await GatewayStage.StartAsync(only, settings, cancellationToken);
        foreach (var missing in stage.Missing)
        {
            await SayAsync(missing);
        }

        var run = new GatewayRun(plan, stage, SayAsync);
        await run.RunAsync(cancellationToken);
        GatewayReport.Write(run, clock.Elapsed, Console.Out);
    }

    private static Dictionary<string, string> Settings(string[] given)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in given)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                settings[setting[..equals]] = setting[(equals + 1)..];
            }
        }

        return settings;
    }

    private static async Task SayAsync(string line) => await Console.Error.WriteLineAsync(line);
}
