using System.CommandLine;
using System.Net.Http.Headers;
using ChatApp.Api.Models;
using ChatApp.Api.Prompting;
using ChatApp.Api.Turns;
using Microsoft.Extensions.Options;

namespace ChatApp.Bench.Prefix;

/// <summary>What the layout of prompts is worth: time to first token as a conversation grows, ours against the naive one, both at the same engine.</summary>
internal static class PrefixBench
{
    private const int MessageTokens = 5;

    public static Command Command()
    {
        var runs = new Option<int>("--runs") { Description = "Conversations, each with a character of its own.", DefaultValueFactory = _ => 3 };
        var turns = new Option<int>("--turns") { Description = "Turns of each.", DefaultValueFactory = _ => 50 };
        var engine = new Option<Uri?>("--engine") { Description = "A llama-server that runs already; without it one is started with the built-in model." };
        var model = new Option<string>("--model") { Description = "The model that it serves.", DefaultValueFactory = _ => "tiny-chat" };
        var context = new Option<int>("--context") { Description = "Tokens that a conversation may hold there.", DefaultValueFactory = _ => PrefixEngine.Context };
        var key = new Option<string?>("--key") { Description = "The engine's key." };
        var command = new Command("prefix", "Time to first token at turn 2, 10, 30 and 50 of a conversation, by how its prompts are laid out.") { runs, turns, engine, model, context, key };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var own = parsed.GetValue(engine) is null ? await PrefixEngine.StartAsync(cancellationToken) : null;
            using var http = new HttpClient { BaseAddress = parsed.GetValue(engine) ?? own!.Address, Timeout = TimeSpan.FromMinutes(5) };
            http.DefaultRequestHeaders.Authorization = parsed.GetValue(key) is { } secret ? new AuthenticationHeaderValue("Bearer", secret) : null;
            await RunAsync(http, parsed.GetValue(model)!, parsed.GetValue(context), parsed.GetValue(runs), parsed.GetValue(turns), cancellationToken);
        });
        return command;
    }

    private static async Task RunAsync(HttpClient http, string model, int context, int runs, int turns, CancellationToken cancellationToken)
    {
        var tokens = new PrefixTokens(http, context);
        var templates = new PromptTemplates(PromptTemplates.Folder);
        var blocks = new PromptBlocks(templates);
        var models = new ModelCatalog(Options.Create(new ModelOptions { Default = model }));
        var limits = Options.Create(new TurnOptions { MaxOutputTokens = context / 8 });
        var assembler = new PromptAssembler(templates, blocks, models, limits, tokens);
        var (ours, naive) = (new PrefixCaller(http, model, slot: 0), new PrefixCaller(http, model, slot: 1));
        var layouts = new Dictionary<string, List<List<PrefixSample>>> { ["ours"] = [], ["naive"] = [] };
        for (var run = 0; run < runs; run++)
        {
            await Console.Error.WriteLineAsync($"conversation {run + 1} of {runs} ...");
            var talk = new PrefixTalk(run + 1);
            foreach (var layout in layouts.Values)
            {
                layout.Add([]);
            }

            for (var turn = 1; turn <= turns; turn++)
            {
                var id = new Guid(run, (short)turn, 0, new byte[8]);
                var plan = await assembler.PlanAsync(new PromptSource(talk.Persona, talk.Path(turn)), cancellationToken);
                var prompt = await assembler.AssembleAsync(id, plan, talk.Recall(turn), cancellationToken);
                var laid = await NaiveLayout.LayAsync(plan, prompt.Parts.Blocks, tokens, MessageTokens, cancellationToken);

                // Who goes first changes, so that nobody always finds the machine as the same predecessor left it.
                for (var i = 0; i < layouts.Count; i++)
                {
                    if ((turn + i) % 2 == 0)
                    {
                        layouts["ours"][run].Add(await ours.AskAsync(prompt.Messages, plan.Window[0].Depth, cancellationToken));
                    }
                    else
                    {
                        layouts["naive"][run].Add(await naive.AskAsync(laid.Messages, laid.FirstShown, cancellationToken));
                    }
                }
            }
        }

        await Console.Out.WriteLineAsync($"{model}, {context} tokens of context, {runs} conversations of {turns} turns; medians.\n");
        PrefixReport.Write(layouts, Console.Out);
    }
}
