namespace ChatApp.Inference.Admin;

/// <summary>Lines of usage.</summary>
/// <param name="Items">At most 1,000.</param>
/// <param name="IsCut">Whether there are more; ask for fewer days, or tell less apart.</param>
internal sealed record UsageList(List<UsageItem> Items, bool IsCut);
