using System.CommandLine;
using ChatApp.Bench.Gateway;
using ChatApp.Bench.Placement;
using ChatApp.Bench.Prefix;
using ChatApp.Bench.Recall;
using ChatApp.Bench.Safety;
using ChatApp.Bench.Soak;
using ChatApp.Bench.Streams;
using ChatApp.Bench.Turns;

var root = new RootCommand("Measures ChatApp against what it stands on. Every figure in the docs comes from here.")
{
    TurnsBench.Command(),
    StreamsBench.Command(),
    GatewayBench.Command(),
    PrefixBench.Command(),
    PlacementBench.Command(),
    RecallBench.Command(),
    ModerationBench.Command(),
    InjectionBench.Command(),
    SoakCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
