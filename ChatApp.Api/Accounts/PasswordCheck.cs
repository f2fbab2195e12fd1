using Microsoft.AspNetCore.Identity;

namespace ChatApp.Api.Accounts;

/// <summary>Hashes passwords and judges them, at the same price whether or not there is such an account.</summary>
internal sealed class PasswordCheck(AccountStore accounts)
{
    private static readonly PasswordHasher<Account> Hasher = new();
    private static readonly Account Nobody = new();
    private static readonly string NobodysHash = Hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    public async Task<bool> IsRightAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        var result = Hasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? NobodysHash, password);
        if (account is null || result == PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await accounts.SetPasswordHashAsync(account.Id, Hash(password), cancellationToken);
        }

        return true;
    }
}
