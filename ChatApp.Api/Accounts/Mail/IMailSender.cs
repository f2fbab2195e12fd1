namespace ChatApp.Api.Accounts.Mail;

/// <summary>The way by which mails leave.</summary>
internal interface IMailSender
{
    /// <summary>Sends one mail.</summary>
    /// <param name="id">The mail's own, the same at every attempt.</param>
    /// <param name="email">Where it goes: one address that <see cref="EmailAddressCheck"/> has let pass.</param>
    /// <param name="text">What it says.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="System.Net.Mail.SmtpException">The server did not take it.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    Task SendAsync(Guid id, string email, LetterText text, CancellationToken cancellationToken);
}
