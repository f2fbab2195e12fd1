using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Puts mails into a folder as .eml files, for development. They hold links that let people in, so only their owner can read them.</summary>
internal sealed class FileDrop(IOptions<MailOptions> options, TimeProvider time) : IMailSender
{
    public async Task SendAsync(Guid id, string email, LetterText text, CancellationToken cancellationToken)
    {
        var folder = Make(Path.GetFullPath(options.Value.Directory!));
        var aside = Make(Path.Combine(folder, $".{id:N}"));
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside };
            using var message = MailMessages.Of(id, options.Value.Sender, email, text);
            await client.SendMailAsync(message, cancellationToken);

            // Written aside and moved: whoever watches the folder sees whole mails only, the oldest first.
            var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss-fff}-{id:N}.eml");
            File.Move(Directory.GetFiles(aside).Single(), Path.Combine(folder, name), overwrite: true);
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static string Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
