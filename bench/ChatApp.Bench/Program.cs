using System.CommandLine;
using ChatApp.Bench.Turns;

var root = new RootCommand("Measures ChatApp against what it stands on. Every figure in the docs comes from here.")
{
    TurnsBench.Command(),
};

return await root.Parse(args).InvokeAsync();
