namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>Judges codes, whichever of the two kinds they are of.</summary>
internal sealed class SecondFactorCodes(SecondFactorStore factors)
{
    /// <summary>A code as apps and papers show it, in groups or not.</summary>
    public static string Plain(string code) => string.Concat(code.Where(static c => !char.IsWhiteSpace(c) && c != '-'));

    /// <summary>Takes a code, which is not good any more then.</summary>
    /// <returns>How it was right; null when it is not.</returns>
    public async Task<SecondFactorKind?> TakeAsync(Guid userId, string code, CancellationToken cancellationToken)
    {
        var plain = Plain(code);
        if (plain.Length == Totp.Digits && plain.All(char.IsAsciiDigit))
        {
            return await factors.TakeCodeAsync(userId, plain, cancellationToken) ? SecondFactorKind.App : null;
        }

        return await factors.TakeRecoveryCodeAsync(userId, plain, cancellationToken) ? SecondFactorKind.RecoveryCode : null;
    }
}
