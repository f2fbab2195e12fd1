using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Metering;

/// <summary>Who may use how much: stored budgets first, then the configuration's.</summary>
internal sealed class BudgetBook(IOptions<BudgetOptions> options)
{
    private readonly BudgetOptions _configured = options.Value;
    private ImmutableDictionary<string, BudgetLimit> _stored = ImmutableDictionary.Create<string, BudgetLimit>(StringComparer.Ordinal);

    /// <summary>A caller's budget.</summary>
    public BudgetLimit Of(string caller) => Find(caller).Limit;

    /// <summary>A caller's budget, and where it comes from.</summary>
    public (BudgetLimit Limit, BudgetSource Source) Find(string caller)
    {
        if (Volatile.Read(ref _stored).TryGetValue(caller, out var stored))
        {
            return (stored, BudgetSource.Stored);
        }

        if (_configured.Callers.TryGetValue(caller, out var configured))
        {
            return (configured, BudgetSource.Configuration);
        }

        return (_configured.Default, _configured.Default.IsLimited ? BudgetSource.Default : BudgetSource.None);
    }

    /// <summary>Replaces what is stored.</summary>
    public void Load(ImmutableDictionary<string, BudgetLimit> stored) => Volatile.Write(ref _stored, stored);

    /// <summary>Puts one caller's stored budget; false when there are too many.</summary>
    public bool TryPut(string caller, BudgetLimit limit, int maximum)
    {
        var stored = Volatile.Read(ref _stored);
        if (stored.Count >= maximum && !stored.ContainsKey(caller))
        {
            return false;
        }

        ImmutableInterlocked.Update(ref _stored, static (all, change) => all.SetItem(change.caller, change.limit), (caller, limit));
        return true;
    }

    /// <summary>Takes one caller's stored budget away; false when there was none.</summary>
    public bool Remove(string caller) => ImmutableInterlocked.TryRemove(ref _stored, caller, out _);
}
