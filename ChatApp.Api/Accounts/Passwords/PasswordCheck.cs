using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.Passwords;

/// <summary>Hashes passwords and judges them, at the same price whether or not there is such an account.</summary>
internal sealed class PasswordCheck
{
    private static readonly Account Nobody = new();

    private readonly AccountStore _accounts;
    private readonly PasswordHasher<Account> _hasher;
    private readonly string _nobodysHash;

    public PasswordCheck(AccountStore accounts, IOptions<AuthOptions> options)
    {
        _accounts = accounts;
        _hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _nobodysHash = Hash(Guid.NewGuid().ToString());
    }

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    /// <summary>Whether it is the account's password; never for no account, and for one that has none.</summary>
    public async Task<bool> IsRightAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        var result = _hasher.VerifyHashedPassword(Nobody, account?.PasswordHash ?? _nobodysHash, password);
        if (account?.PasswordHash is not { } hash || result == PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await _accounts.SetPasswordHashAsync(account.Id, Hash(password), hash, cancellationToken);
        }

        return true;
    }
}
