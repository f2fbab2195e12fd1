namespace ChatApp.Api.Accounts.External;

/// <summary>Why signing in elsewhere came to nothing.</summary>
internal enum ExternalFailure
{
    /// <summary>What came back is not what was sent out: too old, used, of another provider, or forged.</summary>
    State,

    /// <summary>The provider did not take the code, or what it gave for it proves nothing.</summary>
    Refused,

    /// <summary>The provider does not answer as it should.</summary>
    Unavailable,
}
