using ChatApp.Api.Accounts.Confirmation;
using ChatApp.Api.Accounts.External;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Accounts.Profile;
using ChatApp.Api.Accounts.SecondFactor;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts;

internal static class IdentityExtensions
{
    /// <summary>How people show who they are: passwords, mails, second factors, accounts elsewhere.</summary>
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsCheck>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<SignUps>();
        services.AddSingleton<Entry>();
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<PasswordStore>();
        services.AddSingleton<Reauthentication>();
        services.AddSingleton<LinkTokens>();
        services.AddSingleton<EmailStore>();
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton<SecondFactorStore>();
        services.AddSingleton<SecondFactorTickets>();
        services.AddSingleton<SecondFactorCodes>();
        services.AddMail();
        services.AddExternalSignIn();
    }

    private static void AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SiteLinks>();
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<LetterWriter>();
        services.AddSingleton<IMailSender>(static provider => string.IsNullOrEmpty(provider.GetRequiredService<IOptions<MailOptions>>().Value.Directory)
            ? ActivatorUtilities.CreateInstance<SmtpSender>(provider)
            : ActivatorUtilities.CreateInstance<FileDrop>(provider));
        services.AddHostedService<MailSending>();
    }

    private static void AddExternalSignIn(this IServiceCollection services)
    {
        services.AddOptions<ExternalOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExternalOptions>, ExternalOptionsCheck>();
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<OpenIdDiscovery>();
        services.AddSingleton<IdTokens>();
        services.AddSingleton<IdentityReader>();
        services.AddSingleton<ExternalStates>();
        services.AddSingleton<ExternalSignIn>();
        services.AddSingleton<ExternalLoginStore>();
        services.AddSingleton<ExternalEntry>();
        services.AddHttpClient(ProviderClient.ClientName, static client =>
            {
                client.Timeout = ProviderClient.Timeout;
                client.MaxResponseContentBufferSize = ProviderClient.MaxAnswer;
                // Some refuse a caller without a name.
                client.DefaultRequestHeaders.UserAgent.ParseAdd("ChatApp");
            })
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }
}
