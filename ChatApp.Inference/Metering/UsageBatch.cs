namespace ChatApp.Inference.Metering;

/// <summary>Sums on their way into the database. It keeps its id over all tries, so that one whose answer got lost is not added twice.</summary>
internal sealed record UsageBatch(Guid Id, IReadOnlyList<UsageRow> Rows);
