using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.External;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Accounts;

public sealed class IdentityOptionsTests(StackFixture stack)
{
    private static readonly MailOptions Drop = new() { Directory = "mail" };

    [Theory]
    [InlineData("https://chat.example.org", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("https://example.org/chat/", true)]
    [InlineData("chat.example.org", false)]
    [InlineData("/chat", false)]
    [InlineData("ftp://chat.example.org", false)]
    [InlineData("https://chat.example.org?x=1", false)]
    [InlineData("https://chat.example.org#x", false)]
    [InlineData("https://u:p@chat.example.org", false)]
    public void SiteAddress_Given_MustBeOne(string address, bool isGood)
    {
        var options = new AuthOptions { SiteAddress = new Uri(address, UriKind.RelativeOrAbsolute) };

        Assert.Equal(isGood, new AuthOptionsCheck(Options.Create(Drop)).Validate(null, options).Succeeded);
    }

    [Fact]
    public void SiteAddress_NeededByMailAndProviders_IsAskedFor()
    {
        var auth = new AuthOptions();

        Assert.Contains("Auth:SiteAddress", new AuthOptionsCheck(Options.Create(Drop)).Validate(null, auth).FailureMessage, StringComparison.Ordinal);
        Assert.True(new AuthOptionsCheck(Options.Create(new MailOptions())).Validate(null, auth).Succeeded);
        Assert.Contains("Auth:SiteAddress", new ExternalOptionsCheck(Options.Create(auth)).Validate(null, new() { Providers = [Good()] }).FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Mail:Host", "smtp.example.org", "Mail:From", "chat@example.org")]
    [InlineData(true, "Mail:Directory", "mail")]
    [InlineData(true)]
    [InlineData(false, "Mail:Host", "smtp.example.org")]
    [InlineData(false, "Mail:Host", "smtp.example.org", "Mail:From", "a@b\r\nBcc: c@d")]
    [InlineData(false, "Mail:Host", "smtp.example.org", "Mail:From", "chat@example.org", "Mail:User", "u")]
    [InlineData(false, "Mail:Host", "smtp.example.org", "Mail:From", "chat@example.org", "Mail:Port", "0")]
    [InlineData(false, "Mail:Host", "smtp.example.org", "Mail:From", "chat@example.org", "Mail:Directory", "mail")]
    public void Mail_Section_IsChecked(bool isGood, params string[] settings)
    {
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings.Chunk(2).Select(static pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build()
            .GetSection(MailOptions.Section).Get<MailOptions>() ?? new();

        Assert.Equal(isGood, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    [Theory]
    [InlineData("Name' has")]
    [InlineData("ClientId' and")]
    [InlineData("Issuer', or all")]
    [InlineData("must be absolute https")]
    public void Provider_Wrong_SaysWhichKey(string expected)
    {
        var provider = Good();
        Action spoil = expected switch
        {
            "Name' has" => () => provider.Name = "My Provider",
            "ClientId' and" => () => provider.ClientSecret = "",
            "Issuer', or all" => () => provider.TokenEndpoint = new("https://login.example.org/token"),
            _ => () => provider.Issuer = new("http://login.example.org"),
        };
        spoil();

        var result = new ExternalOptionsCheck(Options.Create(new AuthOptions { SiteAddress = new("https://chat.example.org") })).Validate(null, new() { Providers = [provider] });

        Assert.Contains("Auth:Providers:0:", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Start_ConfirmationWithoutMail_Fails()
    {
        await using var engine = await ScriptedEngine.StartAsync();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            ApiHost.StartAsync(stack, engine, ApiHostRows.WithoutWorker, ("Auth:RequireConfirmedEmail", "true"), ("Auth:SiteAddress", "https://chat.example.org")));

        Assert.Contains("needs mail", failure.Message, StringComparison.Ordinal);
    }

    private static ExternalProvider Good() => new() { Name = "example", ClientId = "c", ClientSecret = "s", Issuer = new("https://login.example.org") };
}
