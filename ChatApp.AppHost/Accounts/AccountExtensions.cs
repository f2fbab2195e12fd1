using Microsoft.Extensions.Configuration;

namespace ChatApp.AppHost.Accounts;

/// <summary>
/// What the Api is told of mail and of signing in elsewhere: the sections <c>Mail</c> and <c>Auth</c> of this configuration, as they stand
/// there, with secrets as parameters.
/// </summary>
internal static class AccountExtensions
{
    private const string SiteAddress = "Auth:SiteAddress";
    private const string RequireConfirmedEmail = "Auth:RequireConfirmedEmail";
    private const string Providers = "Auth:Providers";
    private const string Mail = "Mail";
    private const string MailPassword = "Password";
    private const string ClientSecret = "ClientSecret";

    /// <summary>Gives the Api its mail, its providers, and the site's address that links begin with.</summary>
    /// <exception cref="SetupException">Links are wanted, and nobody can know where they lead.</exception>
    public static IResourceBuilder<ProjectResource> WithAccounts(
        this IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> site, HostSettings settings)
    {
        var configuration = api.ApplicationBuilder.Configuration;
        api.WithSiteAddress(site, configuration);
        api.With(configuration, RequireConfirmedEmail);
        api.WithMail(configuration.GetSection(Mail), settings);
        foreach (var provider in configuration.GetSection(Providers).GetChildren())
        {
            api.WithSection(provider, ClientSecret);
            // Published where nothing is configured, the platform asks for it.
            api.WithSecret($"{provider.Path}:{ClientSecret}", $"provider-{provider.Key}-secret");
        }

        return api;
    }

    private static void WithSiteAddress(this IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> site, ConfigurationManager configuration)
    {
        if (configuration[SiteAddress] is { Length: > 0 } address)
        {
            api.WithEnvironment(Variable(SiteAddress), address);
            // What people are sent away with to sign in elsewhere has to be what the Api expects them back at.
            site.WithEnvironment(Variable("Account:SiteAddress"), address);
        }
        else if (api.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            api.WithEnvironment(Variable(SiteAddress), site.GetEndpoint("http"));
        }
        else if (configuration.GetSection(Mail).GetChildren().Any() || configuration.GetSection(Providers).GetChildren().Any())
        {
            throw new SetupException($"Set {SiteAddress} to the site's public address, such as https://chat.example.org: links in mails and the way back from providers begin with it.");
        }
    }

    private static void WithMail(this IResourceBuilder<ProjectResource> api, IConfigurationSection mail, HostSettings settings)
    {
        api.WithSection(mail, MailPassword);
        if (!string.IsNullOrEmpty(mail["User"]))
        {
            api.WithSecret($"{Mail}:{MailPassword}", "mail-password");
        }

        if (api.ApplicationBuilder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(mail["Host"]) && string.IsNullOrEmpty(mail["Directory"]))
        {
            api.WithEnvironment(Variable($"{Mail}:Directory"), Path.Combine(settings.DataDirectory, "mail"));
        }
    }

    private static void WithSection(this IResourceBuilder<ProjectResource> api, IConfigurationSection section, string secret)
    {
        foreach (var (key, value) in section.AsEnumerable())
        {
            if (!string.IsNullOrEmpty(value) && !key.EndsWith($":{secret}", StringComparison.OrdinalIgnoreCase))
            {
                api.WithEnvironment(Variable(key), value);
            }
        }
    }

    private static void WithSecret(this IResourceBuilder<ProjectResource> api, string key, string name) =>
        api.WithEnvironment(Variable(key), api.ApplicationBuilder.AddParameterFromConfiguration(name, key, secret: true));

    private static void With(this IResourceBuilder<ProjectResource> api, ConfigurationManager configuration, string key)
    {
        if (configuration[key] is { Length: > 0 } value)
        {
            api.WithEnvironment(Variable(key), value);
        }
    }

    private static string Variable(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
