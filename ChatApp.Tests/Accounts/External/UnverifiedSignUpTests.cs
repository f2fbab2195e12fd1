using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.External;

[Trait("Category", "Integration")]
public sealed class UnverifiedSignUpTests(ConfirmingProviderFixture identity) : IClassFixture<ConfirmingProviderFixture>
{
    [Fact]
    public async Task SignIn_AddressTheProviderDoesNotVouchFor_AnswersTheSameWhetherOrNotItIsTaken()
    {
        var (taken, free) = (IdentityFixture.NewEmail(), IdentityFixture.NewEmail());
        await identity.PostAsync("/api/auth/sign-up", new { name = "Ada", email = taken, password = ApiUser.Password });
        await identity.Mails.OneAsync(taken, "Confirm your e-mail address");

        var answers = new[]
        {
            await identity.SignInElsewhereAsync("open", ProviderFixture.Person(taken, isVerified: false)),
            await identity.SignInElsewhereAsync("open", ProviderFixture.Person(free, isVerified: false)),
        };
        await identity.SettleAsync();

        Assert.Equal((403, "email_not_confirmed"), (answers[0].Status, answers[0].Code));
        Assert.Equal((answers[0].Status, answers[0].Shape), (answers[1].Status, answers[1].Shape));
        Assert.Equal((2, 1), (identity.Mails.To(taken).Count, identity.Mails.To(free).Count));
    }

    [Fact]
    public async Task SignIn_AfterConfirming_LetsIn()
    {
        var person = ProviderFixture.Person(IdentityFixture.NewEmail(), isVerified: false);
        await identity.SignInElsewhereAsync("open", person);
        var mail = await identity.Mails.OneAsync((string)person["email"]!, "Confirm your e-mail address");
        await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token });

        Assert.Equal(200, (await identity.SignInElsewhereAsync("open", person)).Status);
    }
}
