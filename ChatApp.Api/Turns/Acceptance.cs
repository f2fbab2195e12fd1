namespace ChatApp.Api.Turns;

/// <summary>What became of a posted message.</summary>
internal abstract record Acceptance
{
    /// <summary>There is no such conversation of this person.</summary>
    public sealed record NoConversation : Acceptance;

    /// <summary>It is queued.</summary>
    public sealed record Accepted(Turn Turn) : Acceptance;

    /// <summary>The same message was posted before under the same key.</summary>
    public sealed record Repeated(Guid TurnId) : Acceptance;

    /// <summary>The key was used before for another message.</summary>
    public sealed record KeyReused : Acceptance;

    /// <summary>The conversation's last turn has not ended.</summary>
    public sealed record Busy : Acceptance;

    /// <summary>The person has as many turns queued and running as is allowed.</summary>
    public sealed record TooMany : Acceptance;
}
