using ChatApp.Inference.Metering;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

public sealed class BudgetAccountTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);
    private static readonly BudgetLimit Thousand = new() { TokensPerDay = 1000 };

    [Fact]
    public void TryBegin_CallsUnderWay_CountWithWhatTheyAreExpectedToTake()
    {
        var account = new BudgetAccount(Day, "ann");
        var expected = new BudgetUse(400, 0);

        Assert.Null(account.TryBegin(Thousand, expected, hasPrice: false));
        Assert.Null(account.TryBegin(Thousand, expected, hasPrice: false));
        Assert.Null(account.TryBegin(Thousand, expected, hasPrice: false));
        Assert.Equal((default, new BudgetUse(1200, 0)), account.TryBegin(Thousand, expected, hasPrice: false));

        account.End(expected, new BudgetUse(10, 0));
        Assert.Null(account.TryBegin(Thousand, expected, hasPrice: false));
    }

    [Fact]
    public async Task TryBegin_ManyAtOnce_LetsInNoMoreThanOneTooMany()
    {
        var account = new BudgetAccount(Day, "ann");
        var let = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (account.TryBegin(Thousand, new BudgetUse(7, 0), hasPrice: false) is null)
                {
                    Interlocked.Increment(ref let);
                    account.End(new BudgetUse(7, 0), new BudgetUse(7, 0));
                }
            }
        })));

        Assert.Equal(143, let);
        Assert.Equal(new BudgetUse(1001, 0), account.Used);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void TryBegin_CostUsedUp_StopsOnlyWhatHasAPrice(bool hasPrice, bool isLetIn)
    {
        var account = new BudgetAccount(Day, "ann");
        account.End(default, new BudgetUse(1, 5m));

        Assert.Equal(isLetIn, account.TryBegin(new BudgetLimit { CostPerDay = 5m }, new BudgetUse(1, 1m), hasPrice) is null);
    }

    [Fact]
    public void Written_ThenRead_CountsNothingTwice()
    {
        var account = new BudgetAccount(Day, "ann");
        account.End(default, new BudgetUse(10, 1m));
        account.End(default, new BudgetUse(5, 0));

        account.Written(new BudgetUse(10, 1m));
        Assert.Equal(new BudgetUse(15, 1m), account.Used);

        // Another gateway had 100.
        account.Read(new BudgetUse(110, 1m), at: 1);
        Assert.Equal(new BudgetUse(115, 1m), account.Used);
    }

    [Fact]
    public void TryRetire_SomethingUnwrittenOrUnderWay_IsKept()
    {
        var account = new BudgetAccount(Day, "ann");
        account.End(default, new BudgetUse(10, 0));
        Assert.False(account.TryRetire(long.MaxValue));

        account.Written(new BudgetUse(10, 0));
        account.TryBegin(Thousand, new BudgetUse(1, 0), hasPrice: false);
        Assert.False(account.TryRetire(long.MaxValue));

        account.End(new BudgetUse(1, 0), default);
        Assert.True(account.TryRetire(long.MaxValue));
        Assert.False(account.TryHold(at: 2));
    }

    [Fact]
    public void Of_MoreCallersThanTheBound_ShareOneAccount()
    {
        var accounts = new BudgetAccounts(Options.Create(new MeteringOptions { MaxKeys = 10 }), TimeProvider.System);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal($"caller-{i}", accounts.Of(Day, $"caller-{i}").Caller);
        }

        Assert.Same(accounts.Of(Day, "one more"), accounts.Of(Day, "and one more"));
        Assert.NotSame(accounts.Of(Day, "caller-1"), accounts.Of(Day, "one more"));
    }

    [Fact]
    public void Sweep_ADayLater_BeginsAnew()
    {
        var accounts = new BudgetAccounts(Options.Create(new MeteringOptions()), TimeProvider.System);
        accounts.Of(Day, "ann").End(default, new BudgetUse(10, 0));

        Assert.Equal(default, accounts.Of(Day.AddDays(1), "ann").Used);
        accounts.Sweep(Day.AddDays(2));
        Assert.Null(accounts.Find(Day, "ann"));
    }
}
