namespace ChatApp.Api.Accounts.Confirmation;

/// <summary>What became of confirming or changing an address.</summary>
internal enum EmailOutcome
{
    Done,

    /// <summary>The link is unknown, used, or too old.</summary>
    NotGood,

    /// <summary>Another account has the address.</summary>
    Taken,
}
