namespace ChatApp.Api.Accounts.Mail;

/// <summary>The wording of mails. Nothing in them was written by anybody who is not the operator: a stranger can have one sent to any address.</summary>
internal static class LetterTexts
{
    private const string NotYou = "If that was not you, nothing has happened, and you can leave this mail alone.";

    public static LetterText ConfirmEmail(string link) => Of("Confirm your e-mail address", $"""
        Somebody, hopefully you, made an account at ChatApp with this address.
        Please confirm that the address is yours:

        {link}

        The link works once, for 24 hours.
        {NotYou} Without the link, the address stays unconfirmed.
        """);

    public static LetterText SignedUpAgain(string signIn, string reset) => Of("You have an account already", $"""
        Somebody, hopefully you, wanted to make an account at ChatApp with this address.
        There is one already. Sign in with it here:

        {signIn}

        Should you not know its password, choose a new one here. The link works once, for an hour:

        {reset}

        {NotYou}
        """);

    public static LetterText ResetPassword(string link) => Of("Choose a new password", $"""
        Somebody, hopefully you, has forgotten the password of your account at ChatApp.
        Choose a new one here:

        {link}

        The link works once, for an hour. A new password signs you out on all devices.
        {NotYou} Your password is as it was.
        """);

    public static LetterText ChangeEmail(string link) => Of("Confirm your new e-mail address", $"""
        An account at ChatApp is to have this address from now on.
        If it is yours, please confirm that:

        {link}

        The link works once, for 24 hours.
        {NotYou}
        """);

    public static LetterText EmailIsTaken(string signIn) => Of("This address has an account already", $"""
        Somebody wanted to use this address for another account at ChatApp.
        It belongs to yours, so nothing was changed. Sign in with it here:

        {signIn}
        """);

    public static LetterText Notice(LetterKind kind, SiteLinks links) => kind switch
    {
        LetterKind.EmailChanged => Notice("Your e-mail address was changed", "Your account at ChatApp has another e-mail address from now on. Mails go there, and no longer to this one.", "write to whoever runs this site at once", links.SignIn),
        LetterKind.PasswordChanged => Notice("Your password was changed", "The password of your account at ChatApp was changed.", "choose another one at once", links.ForgotPassword),
        LetterKind.SecondFactorOn => Notice("Signing in takes a code now", "Signing in to your account at ChatApp takes a code of your authenticator app from now on.", "choose another password at once", links.ForgotPassword),
        LetterKind.SecondFactorOff => Notice("Signing in takes no code any more", "Signing in to your account at ChatApp takes the password alone from now on.", "choose another password at once", links.ForgotPassword),
        LetterKind.ExternalLoginAdded => Notice("There is another way to sign in", "Your account at ChatApp can be signed in to with an account elsewhere from now on.", "remove it, and choose another password", links.Account),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static LetterText Notice(string subject, string what, string advice, string link) => Of(subject, $"""
        {what}

        If that was you, all is well. If it was not, {advice}:

        {link}
        """);

    private static LetterText Of(string subject, string text) => new(subject, $"Hello,\n\n{text.ReplaceLineEndings("\n")}\n\nChatApp\n");
}
