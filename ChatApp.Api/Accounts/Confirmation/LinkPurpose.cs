namespace ChatApp.Api.Accounts.Confirmation;

/// <summary>What a link in a mail is good for. The names stand in the database.</summary>
internal enum LinkPurpose
{
    ResetPassword,

    ConfirmEmail,

    ChangeEmail,
}
