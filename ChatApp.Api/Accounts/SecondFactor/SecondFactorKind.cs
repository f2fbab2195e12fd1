namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>What the code after a password was.</summary>
internal enum SecondFactorKind
{
    /// <summary>An authenticator app's.</summary>
    App,

    /// <summary>One of the codes for when the phone is lost.</summary>
    RecoveryCode,
}
