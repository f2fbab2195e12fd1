namespace ChatApp.Api.Accounts.Mail;

/// <summary>What a mail is about. The names stand in the database.</summary>
internal enum LetterKind
{
    /// <summary>To a new account, and when asked for again: shows that the address is its owner's.</summary>
    ConfirmEmail,

    /// <summary>To the owner of an account whose address somebody signed up with again.</summary>
    SignedUpAgain,

    /// <summary>To an address of which somebody says that they forgot the password.</summary>
    ResetPassword,

    /// <summary>To an address that an account is to have from now on.</summary>
    ChangeEmail,

    /// <summary>To the address that an account had before.</summary>
    EmailChanged,

    PasswordChanged,

    SecondFactorOn,

    SecondFactorOff,

    ExternalLoginAdded,
}
