namespace ChatApp.Api.Limits.Attempts;

/// <summary>What is attempted. Each is counted by itself: whoever guesses at one locks nobody out of another.</summary>
internal enum AttemptKind
{
    /// <summary>Making an account; counted by address only, however it ends.</summary>
    SignUp,

    /// <summary>A password, at the door.</summary>
    SignIn,

    /// <summary>A code of a second factor, or a recovery code.</summary>
    SecondFactor,

    /// <summary>A password again, by somebody who is signed in.</summary>
    Reauthentication,

    /// <summary>A refresh token.</summary>
    Refresh,

    /// <summary>A link from a mail: of a reset or a confirmation.</summary>
    Link,

    /// <summary>Having a mail sent; it succeeds always, and is counted always.</summary>
    Mail,
}
