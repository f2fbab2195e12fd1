using ChatApp.Inference.Metering;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

public sealed class UsageLedgerTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public async Task Take_WhileOthersAdd_LosesNothingAndCountsNothingTwice()
    {
        const int Adders = 4;
        const int Each = 20_000;
        var ledger = Create();
        var taken = default(UsageAmounts);
        var adding = Task.WhenAll(Enumerable.Range(0, Adders).Select(adder => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                ledger.Add(Key($"caller-{(i + adder) % 3}"), new UsageAmounts { Requests = 1, InputTokens = 2, Cost = 0.000001m });
            }
        })));

        while (!adding.IsCompleted)
        {
            taken = Sum(taken, ledger.Take());
        }

        await adding;
        taken = Sum(taken, ledger.Take());

        Assert.Equal(new UsageAmounts { Requests = Adders * Each, InputTokens = 2 * Adders * Each, Cost = Adders * Each * 0.000001m }, taken);
        Assert.Null(ledger.Take());
    }

    [Fact]
    public void Add_MoreCallersThanTheBound_FoldsNewOnesAndKeepsTheSum()
    {
        var ledger = Create(maximum: 10);

        for (var i = 0; i < 1000; i++)
        {
            ledger.Add(Key($"caller-{i}"), new UsageAmounts { Requests = 1 });
        }

        var rows = ledger.Read();
        Assert.Equal(11, rows.Count);
        Assert.Equal(1000, rows.Sum(row => row.Amounts.Requests));
        Assert.Equal(990, rows.Single(row => row.Key.Caller == UsageLedger.OtherCallers).Amounts.Requests);
    }

    [Fact]
    public void Take_NothingAddedSince_GivesRoomForOtherCallers()
    {
        var ledger = Create(maximum: 10);
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 10; i++)
            {
                ledger.Add(Key($"caller-{round}-{i}"), new UsageAmounts { Requests = 1 });
            }

            Assert.DoesNotContain(ledger.Take()!.Rows, row => row.Key.Caller == UsageLedger.OtherCallers);
            Assert.Null(ledger.Take());
        }
    }

    [Fact]
    public void Forget_OldDays_KeepsTheOthers()
    {
        var ledger = Create();
        ledger.Add(Key("ann") with { Day = Day.AddDays(-1) }, new UsageAmounts { Requests = 1 });
        ledger.Add(Key("ann"), new UsageAmounts { Requests = 2 });

        ledger.Forget(Day);

        Assert.Equal([Day], ledger.Read().Select(row => row.Key.Day));
    }

    private static UsageAmounts Sum(UsageAmounts before, UsageBatch? batch) =>
        (batch?.Rows ?? []).Aggregate(before, (sum, row) => sum + row.Amounts);

    private static UsageKey Key(string caller) => new(Day, "model", "engine", "target", caller);

    private static UsageLedger Create(int maximum = 1000) =>
        new(Options.Create(new MeteringOptions { MaxKeys = maximum }), NullLogger<UsageLedger>.Instance);
}
