using System.CommandLine;

namespace ChatApp.Bench.Placement;

/// <summary>What keeping conversations where their prompts are cached is worth, against taking engines in turn and taking the least busy.</summary>
internal static class PlacementBench
{
    private static readonly string[] Policies = ["prefix", "round-robin", "least-requests"];

    // Beyond it the figures so far are written.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    public static Command Command()
    {
        var engines = new Option<int>("--engines") { Description = "llama-servers.", DefaultValueFactory = _ => 3 };
        var conversations = new Option<int>("--conversations") { Description = "Conversations, one turn of each after the other.", DefaultValueFactory = _ => 15 };
        var callers = new Option<int>("--callers") { Description = "Whose they are.", DefaultValueFactory = _ => 4 };
        var atOnce = new Option<int>("--at-once") { Description = "Turns under way at once: no more than there are cores, or what is measured is how engines take each other's time.", DefaultValueFactory = _ => 2 };
        var turns = new Option<int>("--turns") { Description = "Turns of each conversation.", DefaultValueFactory = _ => 20 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds, in each of which every policy runs once.", DefaultValueFactory = _ => 2 };
        var persona = new Option<int>("--persona") { Description = "Words that a conversation begins with.", DefaultValueFactory = _ => 250 };
        var said = new Option<int>("--said") { Description = "Words of a message.", DefaultValueFactory = _ => 20 };
        var answer = new Option<int>("--answer") { Description = "Tokens of an answer at most.", DefaultValueFactory = _ => 12 };
        var cache = new Option<int>("--cache-mb")
        {
            Description = "What each engine keeps of prompts besides those in its slots, in MiB: by default 5 long ones, so that an engine has room for more than its share and not for all, as with a larger model.",
            DefaultValueFactory = _ => 32,
        };
        var command = new Command("placement", "Several llama-servers behind the gateway: cached prompts and time to first text as conversations grow, by how engines are chosen.")
        {
            engines, conversations, callers, atOnce, turns, rounds, persona, said, answer, cache,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new PlacementPlan(
                parsed.GetValue(engines),
                parsed.GetValue(conversations),
                parsed.GetValue(callers),
                parsed.GetValue(atOnce),
                parsed.GetValue(turns),
                parsed.GetValue(rounds),
                parsed.GetValue(persona),
                parsed.GetValue(said),
                parsed.GetValue(answer),
                parsed.GetValue(cache)),
            cancellationToken));
        return command;
    }

    private static async Task RunAsync(PlacementPlan plan, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"{plan}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        var trials = Policies.ToDictionary(static policy => policy, static _ => new List<PlacementTrial>());
        try
        {
            for (var round = 0; round < plan.Rounds; round++)
            {
                // Who goes first changes, so that nobody always finds the machine as the same predecessor left it.
                for (var i = 0; i < Policies.Length; i++)
                {
                    var policy = Policies[(i + round) % Policies.Length];
                    await Console.Error.WriteLineAsync($"round {round + 1} of {plan.Rounds}: {policy} ...");
                    trials[policy].Add(await PlacementRun.RunAsync(policy, plan, round, limit.Token));
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"Stopped after {Longest.TotalMinutes:0} minutes; fewer --rounds or --turns take less.");
        }

        var rounds = trials.Values.Where(static of => of.Count > 0).Select(static of => of.Count).DefaultIfEmpty().Min();
        if (rounds > 0)
        {
            PlacementReport.Write(plan, trials.Where(static of => of.Value.Count > 0).ToDictionary(static of => of.Key, of => of.Value[..rounds]), Console.Out);
        }
    }
}
