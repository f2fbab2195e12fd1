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

    /// <summary>Verifies an account's password, and brings its hash up to today's price.</summary>
    /// <returns>The account with the hash that it has now; null when the password is wrong, or there is no account or it has none.</returns>
    public async Task<Account?> VerifyAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        var result = _hasher.VerifyHashedPassword(Nobody, account?.PasswordHash ?? _nobodysHash, password);
        if (account?.PasswordHash is not { } hash || result == PasswordVerificationResult.Failed)
        {
            return null;
        }

        if (result != PasswordVerificationResult.SuccessRehashNeeded)
        {
            return account;
        }

        var dearer = Hash(password);
        await _accounts.SetPasswordHashAsync(account.Id, dearer, hash, cancellationToken);
        return account with { PasswordHash = dearer };
    }
}
