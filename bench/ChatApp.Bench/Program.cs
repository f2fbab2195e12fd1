using System.CommandLine;
using ChatApp.Bench.Placement;
using ChatApp.Bench.Prefix;
using ChatApp.Bench.Recall;
using ChatApp.Bench.Soak;
using ChatApp.Bench.Streams;
using ChatApp.Bench.Turns;

var root = new RootCommand("Measures ChatApp against what it stands on. Every figure in the docs comes from here.")
{
    TurnsBench.Command(),
    StreamsBench.Command(),
    PrefixBench.Command(),
    PlacementBench.Command(),
    RecallBench.Command(),
    SoakCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
