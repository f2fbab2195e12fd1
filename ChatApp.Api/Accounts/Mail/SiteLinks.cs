using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Addresses of the site's pages, for mails and for the way back from providers.</summary>
internal sealed class SiteLinks(IOptions<AuthOptions> options)
{
    public string SignIn => Page("sign-in");

    public string ForgotPassword => Page("forgot-password");

    public string Account => Page("account");

    public string ResetPassword(string token) => Page($"reset-password?token={token}");

    public string ConfirmEmail(string token) => Page($"confirm-email?token={token}");

    /// <summary>Where a provider sends people back to; the only address that it may.</summary>
    public string ExternalCallback(string provider) => Page($"sign-in/external/{provider}/callback");

    private string Page(string path) =>
        $"{(options.Value.SiteAddress ?? throw new InvalidOperationException("Auth:SiteAddress is not set.")).AbsoluteUri.TrimEnd('/')}/{path}";
}
