using ChatApp.Api.Accounts.Confirmation;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>
/// Says what a mail says, at the moment when it is sent: links are made then, and whether there is such an account is looked up then, so
/// that an answer that asked for the mail takes the same time either way.
/// </summary>
internal sealed class LetterWriter(AccountStore accounts, LinkTokens tokens, SiteLinks links)
{
    /// <returns>Null when there is nothing to send.</returns>
    public async Task<LetterText?> WriteAsync(Letter letter, CancellationToken cancellationToken)
    {
        var account = letter.UserId is { } id
            ? await accounts.FindAsync(id, cancellationToken)
            : await accounts.FindByEmailAsync(letter.Email, cancellationToken);
        if (account is null)
        {
            return null;
        }

        switch (letter.Kind)
        {
            case LetterKind.ConfirmEmail:
                return account.EmailConfirmedAt is null
                    ? LetterTexts.ConfirmEmail(links.ConfirmEmail(await tokens.MakeAsync(account.Id, LinkPurpose.ConfirmEmail, account.Email, cancellationToken)))
                    : null;
            case LetterKind.SignedUpAgain:
                return LetterTexts.SignedUpAgain(links.SignIn, await ResetLinkAsync(account, cancellationToken));
            case LetterKind.ResetPassword:
                return LetterTexts.ResetPassword(await ResetLinkAsync(account, cancellationToken));
            case LetterKind.ChangeEmail:
                return await accounts.FindByEmailAsync(letter.Email, cancellationToken) is { } owner && owner.Id != account.Id
                    ? LetterTexts.EmailIsTaken(links.SignIn)
                    : LetterTexts.ChangeEmail(links.ConfirmEmail(await tokens.MakeAsync(account.Id, LinkPurpose.ChangeEmail, letter.Email, cancellationToken)));
            default:
                return LetterTexts.Notice(letter.Kind, links);
        }
    }

    private async Task<string> ResetLinkAsync(Account account, CancellationToken cancellationToken) =>
        links.ResetPassword(await tokens.MakeAsync(account.Id, LinkPurpose.ResetPassword, account.Email, cancellationToken));
}
