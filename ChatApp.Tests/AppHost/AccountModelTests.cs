using ChatApp.AppHost;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>What the Api is told of mail, of the site's address, and of signing in elsewhere.</summary>
public sealed class AccountModelTests
{
    private static readonly string[] Smtp = ["--Mail:Host=smtp.example.org", "--Mail:Port=2525", "--Mail:Tls=false", "--Mail:User=chat", "--Mail:Password=p", "--Mail:From=chat@example.org"];

    private static readonly string[] Provider =
    [
        "--Auth:Providers:0:Name=example", "--Auth:Providers:0:Issuer=https://login.example.org", "--Auth:Providers:0:ClientId=chatapp", "--Auth:Providers:0:ClientSecret=s",
        "--Auth:Providers:0:Scopes:0=openid", "--Auth:Providers:0:Scopes:1=email",
    ];

    [Fact]
    public async Task Mail_Local_IsDroppedBesideTheDataAndLinksLeadToTheSite()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--ChatApp:Scale=true");

        var api = await model.EnvironmentAsync("api");

        Assert.Equal((Path.Combine(model.DataDirectory, "mail"), "{web.bindings.http.url}"), (api["Mail__Directory"], api["Auth__SiteAddress"]));
        Assert.DoesNotContain((await model.EnvironmentAsync("worker")).Keys, static key => key.StartsWith("Mail__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_Given_IsTheApisAndItsPasswordIsAParameter()
    {
        await using var model = await AppHostModel.CreateAsync(["--ChatApp:RunOn=local", "--Auth:RequireConfirmedEmail=true", .. Smtp]);

        var api = await model.EnvironmentAsync("api");

        Assert.Equal(
            ("smtp.example.org", "2525", "false", "chat", "chat@example.org", "true", "{mail-password.value}"),
            (api["Mail__Host"], api["Mail__Port"], api["Mail__Tls"], api["Mail__User"], api["Mail__From"], api["Auth__RequireConfirmedEmail"], api["Mail__Password"]));
        Assert.DoesNotContain("Mail__Directory", api.Keys);
    }

    [Fact]
    public async Task Providers_Given_AreTheApisAndTheirSecretsAreParameters()
    {
        await using var model = await AppHostModel.CreateAsync(["--ChatApp:RunOn=local", .. Provider]);

        var api = await model.EnvironmentAsync("api");

        Assert.Equal(
            ("example", "https://login.example.org", "chatapp", "openid", "email", "{provider-0-secret.value}"),
            (api["Auth__Providers__0__Name"], api["Auth__Providers__0__Issuer"], api["Auth__Providers__0__ClientId"], api["Auth__Providers__0__Scopes__0"], api["Auth__Providers__0__Scopes__1"], api["Auth__Providers__0__ClientSecret"]));
    }

    [Fact]
    public async Task SiteAddress_Given_Wins()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local", "--Auth:SiteAddress=https://chat.example.org");

        Assert.Equal("https://chat.example.org", (await model.EnvironmentAsync("api"))["Auth__SiteAddress"]);
        Assert.Equal("https://chat.example.org", (await model.EnvironmentAsync("web"))["Account__SiteAddress"]);
    }

    [Fact]
    public async Task Publish_NothingGiven_HasNeitherMailNorAnAddress()
    {
        await using var model = await AppHostModel.CreateAsync("--publisher", "manifest");

        Assert.DoesNotContain((await model.EnvironmentAsync("api")).Keys, static key => key.StartsWith("Mail__", StringComparison.Ordinal) || key == "Auth__SiteAddress");
    }

    [Fact]
    public async Task Publish_MailWithoutASiteAddress_SaysWhatIsMissing()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => AppHostModel.CreateAsync(["--publisher", "manifest", .. Smtp]));

        Assert.Contains("Auth:SiteAddress", (error as SetupException ?? error.GetBaseException()).Message, StringComparison.Ordinal);
    }
}
