namespace ChatApp.Api.Accounts.Keys;

/// <summary>What became of replacing a key.</summary>
internal enum KeyRotation
{
    /// <summary>There is another one now.</summary>
    Done,

    /// <summary>The account has no such key.</summary>
    NotFound,

    /// <summary>It is being replaced already.</summary>
    ReplacedAlready,

    /// <summary>It has ended.</summary>
    Ended,
}
