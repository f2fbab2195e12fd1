using System.Globalization;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>The life of a turn in Postgres, in orders that nobody thought of.</summary>
[Trait("Category", "Integration")]
public sealed class TurnStateMachineTests(StackFixture stack)
{
    /// <summary>Set this variable to the number that a failure names, and it is the first that is tried.</summary>
    private const string SeedVariable = "CHATAPP_TURN_SEED";

    private const int Lanes = 4;
    private const int Sequences = 240;
    private const int Steps = 40;

    [Fact]
    public async Task Stores_AnyInterleaving_DoAsTheModelSays()
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"{SeedVariable}={first}");

        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(async () =>
        {
            // Tables of their own, because whoever claims takes from all that is queued.
            await using var table = await TurnTable.CreateAsync(stack);
            for (var sequence = lane; sequence < Sequences; sequence += Lanes)
            {
                await RunAsync(table, unchecked(first + sequence));
            }
        })));
    }

    [Fact]
    public async Task Workers_ManyAtOnceSomeOfThemGone_FinishEachTurnOnce()
    {
        await using var table = await TurnTable.CreateAsync(stack);
        var race = new TurnRace(table);

        await race.RunAsync(turns: 500, workers: 6);

        race.Check(await race.RowsAsync());
    }

    private static async Task RunAsync(TurnTable table, int seed)
    {
        var machine = new TurnMachine(table, seed);
        try
        {
            await machine.RunAsync(Steps);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{SeedVariable}={seed}{Environment.NewLine}{machine.Trace}{Environment.NewLine}{failure.Message}", failure);
        }
    }
}
