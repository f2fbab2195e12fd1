using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.External;

/// <summary>Says at the start what is wrong with a provider, and not when the first person wants to use it.</summary>
internal sealed partial class ExternalOptionsCheck(IOptions<AuthOptions> auth) : IValidateOptions<ExternalOptions>
{
    private const int MaxProviders = 20;

    public ValidateOptionsResult Validate(string? name, ExternalOptions options)
    {
        List<string> wrong = [];
        if (options.Providers.Count > 0 && auth.Value.SiteAddress is null)
        {
            wrong.Add("Set 'Auth:SiteAddress' to the site's public address: providers send people back there.");
        }

        if (options.Providers.Count > MaxProviders || options.Providers.Select(static provider => provider.Name).Distinct(StringComparer.Ordinal).Count() < options.Providers.Count)
        {
            wrong.Add($"'Auth:Providers' has at most {MaxProviders} providers, each with a name of its own.");
        }

        for (var i = 0; i < options.Providers.Count; i++)
        {
            wrong.AddRange(Complaints(options.Providers[i]).Select(complaint => $"'Auth:Providers:{i}:{complaint}"));
        }

        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Complaints(ExternalProvider provider)
    {
        if (!Name().IsMatch(provider.Name))
        {
            yield return "Name' has 1 to 30 lower-case letters, digits and hyphens.";
        }

        if (string.IsNullOrWhiteSpace(provider.ClientId) || string.IsNullOrWhiteSpace(provider.ClientSecret))
        {
            yield return "ClientId' and 'ClientSecret' are what the provider gave when this site was registered there.";
        }

        Uri?[] endpoints = [provider.AuthorizationEndpoint, provider.TokenEndpoint, provider.UserEndpoint];
        if (provider.IsOpenId ? endpoints.Any(static e => e is not null) : endpoints.Any(static e => e is null))
        {
            yield return "Issuer', or all of 'AuthorizationEndpoint', 'TokenEndpoint' and 'UserEndpoint', must be set, not both.";
        }

        if (((Uri?[])[.. endpoints, provider.Issuer, provider.EmailEndpoint]).OfType<Uri>().Any(static address => !IsSafe(address)))
        {
            yield return "Issuer' and the endpoints must be absolute https addresses; http is for this machine alone.";
        }
    }

    /// <summary>Whether secrets may go there.</summary>
    internal static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    [GeneratedRegex("^[a-z0-9-]{1,30}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
