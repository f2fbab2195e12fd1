using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.SecondFactor;

[Trait("Category", "Integration")]
public sealed class SecondFactorTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private const string Base = "/api/me/second-factor";

    [Fact]
    public async Task SignIn_WithCode_GivesASession()
    {
        using var user = await identity.Host.SignUpAsync();
        var (secret, _) = await TurnOnAsync(user);

        var first = await identity.SignInAsync(user.Email, ApiUser.Password);
        var second = await CodeAsync(first, CodeOf(secret, 1));

        Assert.Equal((202, 200), (first.Status, second.Status));
        Assert.Null(first.Json["accessToken"]);
        Assert.InRange((DateTimeOffset)first.Json["expiresAt"]!, DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.True((bool)second.Json["user"]!["secondFactor"]!);
        using var client = identity.ClientOf(second.Json);
        Assert.Equal(200, (await IdentityFixture.SendAsync(client, HttpMethod.Get, "/api/me")).Status);
        Assert.Equal(401, (await identity.SignInAsync(user.Email, "not the password")).Status);
        await identity.Mails.OneAsync(user.Email, "Signing in takes a code now");
    }

    [Fact]
    public async Task SignIn_TwoTries_GiveTheTicketAndTheCodeOnceEach()
    {
        using var user = await identity.Host.SignUpAsync();
        var (secret, _) = await TurnOnAsync(user);
        var (first, other) = (await identity.SignInAsync(user.Email, ApiUser.Password), await identity.SignInAsync(user.Email, ApiUser.Password));
        var code = CodeOf(secret, 1);

        Assert.Equal(200, (await CodeAsync(first, code)).Status);
        var sameCode = await CodeAsync(other, code);
        await ForgetStepsAsync(user);
        var sameTicket = await CodeAsync(first, code);

        Assert.Equal((401, "wrong_code"), (sameCode.Status, sameCode.Code));
        Assert.Equal((401, "ticket_ended"), (sameTicket.Status, sameTicket.Code));
    }

    [Fact]
    public async Task SignIn_SameCodeAtOnce_IsTakenOnce()
    {
        using var user = await identity.Host.SignUpAsync();
        var (secret, _) = await TurnOnAsync(user);
        var tickets = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => identity.SignInAsync(user.Email, ApiUser.Password)));
        var code = CodeOf(secret, 1);

        var answers = await Task.WhenAll(tickets.Select(ticket => CodeAsync(ticket, code)));

        Assert.Single(answers, static answer => answer.Status == 200);
    }

    [Fact]
    public async Task SignIn_FiveWrongCodes_EndTheTicket()
    {
        using var user = await identity.Host.SignUpAsync();
        var (secret, _) = await TurnOnAsync(user);
        var ticket = await identity.SignInAsync(user.Email, ApiUser.Password);

        var wrong = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            wrong.Add((await CodeAsync(ticket, "000-000x")).Code);
        }

        var right = await CodeAsync(ticket, CodeOf(secret, 1));

        Assert.All(wrong, static code => Assert.Equal("wrong_code", code));
        Assert.Equal((401, "ticket_ended"), (right.Status, right.Code));
        Assert.Equal(5, await identity.CountAsync($"SELECT count(*) FROM audit_log WHERE action = 'account.second_factor_failed' AND subject_id = '{user.Id}'"));
    }

    [Fact]
    public async Task SignIn_TicketOfAnother_TakesOnlyTheirCodes()
    {
        using var user = await identity.Host.SignUpAsync();
        using var other = await identity.Host.SignUpAsync();
        await TurnOnAsync(user);
        var (secret, _) = await TurnOnAsync(other);
        var ticket = await identity.SignInAsync(user.Email, ApiUser.Password);
        var text = (string)ticket.Json["ticket"]!;

        Assert.Equal("wrong_code", (await CodeAsync(ticket, CodeOf(secret, 1))).Code);
        Assert.Equal("ticket_ended", (await identity.PostAsync("/api/auth/second-factor", new { ticket = text[..^2] + (text[^2] == 'A' ? "BA" : "AA"), code = "123456" })).Code);
        Assert.Equal("ticket_ended", (await identity.PostAsync("/api/auth/second-factor", new { ticket = "no ticket", code = "123456" })).Code);
    }

    [Fact]
    public async Task SignIn_PasswordChangedMeanwhile_EndsTheTicket()
    {
        using var user = await identity.Host.SignUpAsync();
        var (secret, _) = await TurnOnAsync(user);
        var ticket = await identity.SignInAsync(user.Email, ApiUser.Password);

        await IdentityFixture.PostAsync(user.Client, "/api/me/password", new { currentPassword = ApiUser.Password, newPassword = "teapot umbrella nine" });

        Assert.Equal("ticket_ended", (await CodeAsync(ticket, CodeOf(secret, 1))).Code);
    }

    [Fact]
    public async Task RecoveryCodes_HoweverTyped_AreGoodOnceEachUntilThereAreOthers()
    {
        using var user = await identity.Host.SignUpAsync();
        var (_, codes) = await TurnOnAsync(user);

        var first = await CodeAsync(await identity.SignInAsync(user.Email, ApiUser.Password), codes[0]);
        var again = await CodeAsync(await identity.SignInAsync(user.Email, ApiUser.Password), codes[0]);
        var typed = await CodeAsync(await identity.SignInAsync(user.Email, ApiUser.Password), $" {codes[1].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant()} ");
        var renewed = await IdentityFixture.PostAsync(user.Client, $"{Base}/recovery-codes", new { password = ApiUser.Password });
        var old = await CodeAsync(await identity.SignInAsync(user.Email, ApiUser.Password), codes[2]);
        var fresh = await CodeAsync(await identity.SignInAsync(user.Email, ApiUser.Password), (string)renewed.Json["recoveryCodes"]![9]!);

        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([200, 401, 200, 200, 401, 200], new[] { first, again, typed, renewed, old, fresh }.Select(static answer => answer.Status));
    }

    [Fact]
    public async Task Secrets_Stored_AreSealedAndBoundToTheirAccount()
    {
        using var user = await identity.Host.SignUpAsync();
        using var thief = await identity.Host.SignUpAsync();
        var (secret, codes) = await TurnOnAsync(user);
        var (own, _) = await TurnOnAsync(thief);

        // Whoever can write to the database puts a secret that they know in another's row.
        await identity.Host.SqlAsync($"UPDATE second_factors SET secret = (SELECT secret FROM second_factors WHERE user_id = '{thief.Id}'), last_step = 0 WHERE user_id = '{user.Id}'");

        Assert.Equal("wrong_code", (await CodeAsync(await identity.SignInAsync(user.Email, ApiUser.Password), CodeOf(own, 0))).Code);
        Assert.Equal(0, await identity.CountAsync(
            $"SELECT count(*) FROM second_factors f, recovery_codes r WHERE f::text LIKE '%{Base32.Encode(secret)}%' OR f::text LIKE '%{Convert.ToBase64String(secret)}%' OR r::text LIKE '%{codes[3]}%'"));
    }

    [Fact]
    public async Task Prepare_NotConfirmed_ChangesNothing()
    {
        using var user = await identity.Host.SignUpAsync();

        var wrong = await IdentityFixture.PostAsync(user.Client, Base, new { password = "not the password" });
        var setup = await IdentityFixture.PostAsync(user.Client, Base, new { password = ApiUser.Password });
        var refused = await IdentityFixture.PostAsync(user.Client, $"{Base}/confirm", new { code = "000000" });

        Assert.Equal((400, 200, 400), (wrong.Status, setup.Status, refused.Status));
        Assert.Equal(["password"], wrong.Json["errors"]!.AsObject().Select(static e => e.Key));
        Assert.Equal(
            $"otpauth://totp/ChatApp:{Uri.EscapeDataString(user.Email)}?secret={setup.Json["secret"]}&issuer=ChatApp&algorithm=SHA1&digits=6&period=30", (string)setup.Json["uri"]!);
        Assert.StartsWith("<svg", (string)setup.Json["qrSvg"]!, StringComparison.Ordinal);
        Assert.Equal(200, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status);
    }

    [Fact]
    public async Task Remove_RightPassword_SignsInWithoutACodeAgain()
    {
        using var user = await identity.Host.SignUpAsync();
        await TurnOnAsync(user);

        var twice = await IdentityFixture.PostAsync(user.Client, Base, new { password = ApiUser.Password });
        var wrong = await IdentityFixture.SendAsync(user.Client, HttpMethod.Delete, Base, new { password = "not the password" });
        var removed = await IdentityFixture.SendAsync(user.Client, HttpMethod.Delete, Base, new { password = ApiUser.Password });

        Assert.Equal((409, 400, 204), (twice.Status, wrong.Status, removed.Status));
        Assert.Equal(200, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status);
        await identity.Mails.OneAsync(user.Email, "Signing in takes no code any more");
        Assert.Equal(0, await identity.CountAsync($"SELECT count(*) FROM recovery_codes WHERE user_id = '{user.Id}'"));
    }

    private static string CodeOf(byte[] secret, int away) => Totp.Code(secret, Totp.StepAt(DateTimeOffset.UtcNow) + away);

    private static async Task<(byte[] Secret, string[] Codes)> TurnOnAsync(ApiUser user)
    {
        var setup = await IdentityFixture.PostAsync(user.Client, Base, new { password = ApiUser.Password });
        var secret = Decode((string)setup.Json["secret"]!);
        var confirmed = await IdentityFixture.PostAsync(user.Client, $"{Base}/confirm", new { code = CodeOf(secret, 0).Insert(3, " ") });
        Assert.Equal(200, confirmed.Status);
        return (secret, [.. confirmed.Json["recoveryCodes"]!.AsArray().Select(static code => (string)code!)]);
    }

    private Task<object?> ForgetStepsAsync(ApiUser user) => identity.Host.SqlAsync($"UPDATE second_factors SET last_step = 0 WHERE user_id = '{user.Id}'");

    private Task<Answer> CodeAsync(Answer first, string code) => identity.PostAsync("/api/auth/second-factor", new { ticket = (string)first.Json["ticket"]!, code });

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(static c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
