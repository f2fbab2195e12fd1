using ChatApp.Api.Accounts.Mail;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts;

/// <summary>Says at the start what does not go together in <c>Auth</c> and <c>Mail</c>.</summary>
internal sealed class AuthOptionsCheck(IOptions<MailOptions> mail) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        List<string> wrong = [];
        if (options.SiteAddress is { } site
            && !(site.IsAbsoluteUri && (site.Scheme == Uri.UriSchemeHttps || site.Scheme == Uri.UriSchemeHttp) && site is { Query: "", Fragment: "", UserInfo: "" }))
        {
            wrong.Add("'Auth:SiteAddress' must be the site's public address, such as https://chat.example.org, with nothing behind it.");
        }

        if (mail.Value.IsOn && options.SiteAddress is null)
        {
            wrong.Add("Set 'Auth:SiteAddress' to the site's public address: links in mails begin with it.");
        }

        if (options.RequireConfirmedEmail && !mail.Value.IsOn)
        {
            wrong.Add("'Auth:RequireConfirmedEmail' needs mail: set 'Mail:Host' or 'Mail:Directory'.");
        }

        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
