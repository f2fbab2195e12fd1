using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatApp.Bench.Measuring;
using ChatApp.Bench.Stack;

namespace ChatApp.Bench.Turns;

/// <summary>What the product adds to an answer: the engine called directly, the Api, and the site, with the same prompt, in turns.</summary>
internal static class TurnsBench
{
    private const string Direct = "engine, directly";
    private const string ThroughApi = "through the Api";
    private const string ThroughSite = "through the site";

    // The services compile what is hot a second time after thirty calls: a server that has run for a minute is past that.
    private const int WarmUpRounds = 40;

    // The built-in model answers this with several hundred tokens; a real one counts to a hundred.
    private const string Text = "Count from 1 to 100.";

    public static Command Command()
    {
        var roundsOption = new Option<int>("--rounds") { Description = "Answers asked of each caller.", DefaultValueFactory = _ => 40 };
        var command = new Command("turns", "Time to first token and tokens a second, against the engine called directly.") { roundsOption };
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(parsed.GetValue(roundsOption), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("starting the stack ...");
        await using var stack = await BenchStack.StartAsync(cancellationToken);
        await BenchCharacter.CreateAsync(await stack.DatabaseAsync(cancellationToken), cancellationToken);

        using var engine = BenchStack.Client(stack.Engine);
        engine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.EngineKey);
        using var api = BenchStack.Client(stack.Api);
        await BenchAccount.SignUpAtApiAsync(api, cancellationToken);
        using var site = BenchStack.Client(stack.Web);
        await BenchAccount.SignUpAtSiteAsync(site, cancellationToken);

        var direct = new EngineCaller(engine);
        var throughApi = new SiteCaller(api);
        var throughSite = new SiteCaller(site);
        (string Name, Func<Task<Sample>> Ask)[] callers =
        [
            (Direct, () => direct.AskAsync(Request(), cancellationToken)),
            (ThroughApi, () => AskFreshAsync(throughApi, cancellationToken)),
            (ThroughSite, () => AskFreshAsync(throughSite, cancellationToken)),
        ];

        await Console.Error.WriteLineAsync("warming up ...");
        for (var i = 0; i < WarmUpRounds; i++)
        {
            foreach (var caller in callers)
            {
                await caller.Ask();
            }
        }

        await Console.Error.WriteLineAsync($"asking {rounds} times each, in turns ...");
        var samples = new List<IReadOnlyDictionary<string, Sample>>();
        for (var round = 0; round < rounds; round++)
        {
            // Who goes first changes, so that nobody always finds the machine as the same predecessor left it.
            var taken = new Dictionary<string, Sample>();
            for (var i = 0; i < callers.Length; i++)
            {
                var caller = callers[(round + i) % callers.Length];
                taken[caller.Name] = await caller.Ask();
            }

            samples.Add(callers.ToDictionary(static c => c.Name, c => taken[c.Name]));
        }

        EnsureSameWork(samples);
        TurnsReport.Write(samples, Console.Out);
    }

    private static async Task<Sample> AskFreshAsync(SiteCaller caller, CancellationToken cancellationToken) =>
        await caller.AskAsync(await caller.StartConversationAsync(BenchCharacter.Id, cancellationToken), Text, cancellationToken);

    // What the Api sends for the same character and text when the built-in model answers.
    private static JsonObject Request() => new()
    {
        ["model"] = "tiny-chat",
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "system", ["content"] = BenchCharacter.SystemPrompt },
            new JsonObject { ["role"] = "user", ["content"] = Text }),
        ["temperature"] = 0,
        ["max_tokens"] = BenchCharacter.MaxOutputTokens,
        ["stream"] = true,
        ["stream_options"] = new JsonObject { ["include_usage"] = true },
    };

    private static void EnsureSameWork(IEnumerable<IReadOnlyDictionary<string, Sample>> rounds)
    {
        var work = rounds.SelectMany(static r => r.Values).Select(static s => (s.InputTokens, s.OutputTokens)).ToHashSet();
        if (work.Count > 1)
        {
            throw new InvalidOperationException($"Not everyone did the same work, so the figures cannot be compared: {string.Join(", ", work)} (input, output tokens).");
        }
    }
}
