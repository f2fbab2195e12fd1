namespace ChatApp.Api.Accounts.Deletion;

/// <summary>What came of closing an account.</summary>
internal enum ClosingResult
{
    /// <summary>It is closed, and what it left is being deleted.</summary>
    Closed,

    /// <summary>There is no such account, or it was closed before.</summary>
    NoSuchAccount,

    /// <summary>Nobody would be left to run the service.</summary>
    LastAdmin,
}
