using Xunit;

namespace ChatApp.Tests.Accounts.Profile;

[Trait("Category", "Integration")]
public sealed class ProfileTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task Get_Always_SaysWhatTheAccountHas()
    {
        using var user = await identity.Host.SignUpAsync();

        var me = await user.GetAsync("/api/me");

        Assert.Equal((false, true, false), ((bool)me["emailConfirmed"]!, (bool)me["hasPassword"]!, (bool)me["secondFactor"]!));
        Assert.InRange((DateTimeOffset)me["createdAt"]!, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal(["createdAt", "email", "emailConfirmed", "hasPassword", "id", "name", "role", "secondFactor"], me.AsObject().Select(static member => member.Key).Order());
    }

    [Fact]
    public async Task Change_Name_IsShownAndNothingElseCanBeSet()
    {
        using var user = await identity.Host.SignUpAsync();
        var before = await user.GetAsync("/api/me");

        var changed = await IdentityFixture.SendAsync(
            user.Client, HttpMethod.Patch, "/api/me", new { name = "  Grace ", role = "admin", email = "x@example.org", emailConfirmed = true, id = Guid.Empty });

        Assert.Equal(200, changed.Status);
        before["name"] = "Grace";
        Assert.Equal(before.ToJsonString(), changed.Json.ToJsonString());
        Assert.Equal(before.ToJsonString(), (await user.GetAsync("/api/me")).ToJsonString());
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task Change_BadName_IsRefused(string name)
    {
        using var user = await identity.Host.SignUpAsync();

        var refused = await IdentityFixture.SendAsync(user.Client, HttpMethod.Patch, "/api/me", new { name });

        Assert.Equal(400, refused.Status);
        Assert.Equal(["name"], refused.Json["errors"]!.AsObject().Select(static e => e.Key));
    }

    [Fact]
    public async Task Site_WithMail_SaysSo()
    {
        using var user = await identity.Host.SignUpAsync();

        Assert.True((bool)(await user.GetAsync("/api/site"))["sendsMail"]!);
    }
}
