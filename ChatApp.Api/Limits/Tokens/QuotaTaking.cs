namespace ChatApp.Api.Limits.Tokens;

/// <summary>What became of the wish to take tokens.</summary>
/// <param name="Charge">What the turn is charged.</param>
/// <param name="Subjects">Whose quotas it comes under.</param>
internal sealed record QuotaTaking(TokenCharge Charge, IReadOnlyList<QuotaSubject> Subjects)
{
    /// <summary>The quota that does not have as much; null when the turn may be accepted.</summary>
    public QuotaSubject? Refusing { get; init; }

    /// <summary>What was used of that quota.</summary>
    public long Used { get; init; }

    /// <summary>Whether counters in Redis have it.</summary>
    public bool IsCounted { get; init; }

    public IEnumerable<string> Counters => Subjects.Select(s => s.Counter(Charge.Day));
}
