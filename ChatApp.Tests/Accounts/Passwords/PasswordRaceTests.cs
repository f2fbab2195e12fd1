using ChatApp.Tests.Api;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Accounts.Passwords;

/// <summary>What somebody with the old password gets who comes in the moment in which its owner replaces it.</summary>
[Trait("Category", "Integration")]
public sealed class PasswordRaceTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private const string NewHash = "AQAAAAIAAYagAAAAE-of-another-password";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignIn_PasswordReplacedAfterItWasFoundRight_GetsNothing(bool secondFactor)
    {
        using var user = await identity.Host.SignUpAsync();
        if (secondFactor)
        {
            await identity.Host.SqlAsync($"INSERT INTO second_factors (user_id, secret, confirmed_at) VALUES ('{user.Id}', 'never looked at', now())");
        }

        var signIn = await InTheMomentOfAsync(
            () => identity.SignInAsync(user.Email, ApiUser.Password), user, $"UPDATE users SET password_hash = '{NewHash}' WHERE id = '{user.Id}'");

        Assert.Equal(401, signIn.Status);
        Assert.Equal(1, await identity.CountAsync($"SELECT count(*) FROM sessions WHERE user_id = '{user.Id}'"));
        Assert.Equal(0, await identity.CountAsync($"SELECT count(*) FROM second_factor_tickets WHERE user_id = '{user.Id}'"));
    }

    [Fact]
    public async Task SignIn_SecondFactorTurnedOnMeanwhile_GetsNothing()
    {
        using var user = await identity.Host.SignUpAsync();

        var signIn = await InTheMomentOfAsync(
            () => identity.SignInAsync(user.Email, ApiUser.Password),
            user,
            $"INSERT INTO second_factors (user_id, secret, confirmed_at) VALUES ('{user.Id}', 'never looked at', now())");

        Assert.Equal(401, signIn.Status);
        Assert.Equal(202, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status);
    }

    [Fact]
    public async Task Change_PasswordReplacedAfterItWasFoundRight_ChangesNothing()
    {
        using var user = await identity.Host.SignUpAsync();

        var change = await InTheMomentOfAsync(
            () => IdentityFixture.PostAsync(user.Client, "/api/me/password", new { currentPassword = ApiUser.Password, newPassword = "teapot umbrella nine" }),
            user,
            $"UPDATE users SET password_hash = '{NewHash}' WHERE id = '{user.Id}'");

        Assert.Equal(401, change.Status);
        Assert.Equal(NewHash, await identity.Host.SqlAsync($"SELECT password_hash FROM users WHERE id = '{user.Id}'"));
    }

    // The request has read the account when it comes to wait for its row, which is held until the change is written.
    private async Task<Answer> InTheMomentOfAsync(Func<Task<Answer>> request, ApiUser user, string change)
    {
        await using var connection = new NpgsqlConnection(identity.Host.Database);
        await connection.OpenAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await RunAsync(connection, $"SELECT 1 FROM users WHERE id = '{user.Id}' FOR NO KEY UPDATE");
        var answer = request();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (await RunAsync(connection, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))") is not true)
        {
            await Task.Delay(20, patience.Token);
        }

        await RunAsync(connection, change);
        await transaction.CommitAsync(Cancelled);
        return await answer;
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancelled);
    }
}
