namespace ChatApp.Inference.Metering;

/// <summary>One order of keys for all gateways.</summary>
internal sealed class UsageKeyOrder : IComparer<UsageKey>
{
    private UsageKeyOrder()
    {
    }

    public static UsageKeyOrder Instance { get; } = new();

    public int Compare(UsageKey x, UsageKey y)
    {
        var order = x.Day.CompareTo(y.Day);
        order = order != 0 ? order : string.CompareOrdinal(x.Caller, y.Caller);
        order = order != 0 ? order : string.CompareOrdinal(x.Model, y.Model);
        order = order != 0 ? order : string.CompareOrdinal(x.Engine, y.Engine);
        return order != 0 ? order : string.CompareOrdinal(x.TargetModel, y.TargetModel);
    }
}
