using System.CommandLine;

namespace ChatApp.Bench.Soak;

/// <summary>The product under steady use for a while, with faults if wanted, judged all the time.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 2 };
        var faults = new Option<bool>("--faults") { Description = "Kill, pause and empty something every few seconds." };
        var seed = new Option<int>("--seed") { Description = "The same seed, the same faults in the same order.", DefaultValueFactory = _ => Random.Shared.Next(1_000_000) };
        var people = new Option<int>("--people") { Description = "People who talk all the time.", DefaultValueFactory = _ => 40 };
        var command = new Command("soak", "Steady use of a cluster of processes; exit code 1 when a promise was broken.") { minutes, faults, seed, people };
        command.SetAction((parsed, cancellationToken) => SoakRun.RunAsync(
            new SoakPlan(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(faults), parsed.GetValue(seed), parsed.GetValue(people)), Console.Out, cancellationToken));
        return command;
    }
}

/// <summary>What a soak is asked to do.</summary>
internal sealed record SoakPlan(TimeSpan Length, bool Faults, int Seed, int People);
