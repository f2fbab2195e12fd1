namespace ChatApp.Api.Accounts.External;

/// <summary>What became of linking an account elsewhere.</summary>
internal enum LinkOutcome
{
    /// <summary>It signs in to this account, now or already.</summary>
    Linked,

    /// <summary>It signs in to another account.</summary>
    Elsewhere,

    /// <summary>Another one of the same provider signs in to this account.</summary>
    Another,
}
