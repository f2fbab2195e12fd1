namespace ChatApp.Api.Limits.Tokens;

/// <summary>A charge whose turn has ended.</summary>
internal sealed record SettledCharge
{
    public Guid UserId { get; init; }

    public Guid? KeyId { get; init; }

    public string Role { get; init; } = "";

    public DateTime Day { get; init; }

    /// <summary>Tokens that it took beyond the estimate; negative when it took fewer.</summary>
    public long Difference { get; init; }

    /// <summary>Every counter that may have the estimate in it.</summary>
    public IEnumerable<string> Counters()
    {
        var day = DateOnly.FromDateTime(Day);
        yield return QuotaSubject.Counter("user", UserId.ToString("N"), day);
        yield return QuotaSubject.Counter("role", Role, day);
        if (KeyId is { } key)
        {
            yield return QuotaSubject.Counter("key", key.ToString("N"), day);
        }
    }
}
