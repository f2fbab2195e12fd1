using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Section <c>Mail</c>: how mails leave, by an SMTP server or into a folder. With neither there are none.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>The SMTP server.</summary>
    public string? Host { get; set; }

    /// <summary>Its port. TLS from the first byte, as on 465, is not spoken.</summary>
    /// <value>Defaults to 587.</value>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection must become TLS (STARTTLS) before anything is said.</summary>
    /// <value>Defaults to true.</value>
    public bool Tls { get; set; } = true;

    /// <summary>Whom to log in as; null for a server that takes mail without.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender, as <c>chat@example.org</c> or <c>ChatApp &lt;chat@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>In place of a server: a folder for .eml files, as in development.</summary>
    public string? Directory { get; set; }

    /// <summary>Whether there is any way for a mail to leave.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Host) || !string.IsNullOrEmpty(Directory);

    /// <summary>Who mails are from.</summary>
    public MailAddress Sender => new(string.IsNullOrWhiteSpace(From) ? "ChatApp <chatapp@localhost>" : From);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Host) && !string.IsNullOrEmpty(Directory))
        {
            yield return new("Set 'Mail:Host' or 'Mail:Directory', not both.");
        }

        if (!string.IsNullOrEmpty(Host) && string.IsNullOrWhiteSpace(From))
        {
            yield return new("Set 'Mail:From' to the address that mails are sent from.");
        }

        if (!string.IsNullOrWhiteSpace(From) && !MailAddress.TryCreate(From, out _))
        {
            yield return new("'Mail:From' is no e-mail address.");
        }

        if (!string.IsNullOrEmpty(User) && string.IsNullOrEmpty(Password))
        {
            yield return new("Set 'Mail:Password' for 'Mail:User'.");
        }
    }
}
