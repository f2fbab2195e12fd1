using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using Microsoft.Extensions.Options;
using EntryResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<ChatApp.Api.Accounts.SignedIn>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ChatApp.Api.Accounts.SecondFactor.SecondFactorWanted>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace ChatApp.Api.Accounts.External;

/// <summary>Which account somebody gets whom a provider has named: the linked one, one with the same proven address, or a new one.</summary>
internal sealed class ExternalEntry(
    AccountStore accounts, ExternalLoginStore logins, SignUps signUps, MailOutbox mails, Entry entry, IOptions<AuthOptions> options, TimeProvider time)
{
    private const int MaxName = 60;

    public async Task<EntryResult> EnterAsync(ExternalProvider provider, ExternalIdentity identity, HttpContext context, CancellationToken cancellationToken)
    {
        if (await logins.UseAsync(provider.Name, identity, cancellationToken) is { } id && await accounts.FindAsync(id, cancellationToken) is { } linked)
        {
            return await entry.EnterAsync(linked, provider.Name, context, cancellationToken);
        }

        if (identity.Email is not { } email || !EmailAddressCheck.IsUsable(email))
        {
            return Problems.Because(
                StatusCodes.Status409Conflict, ProblemCodes.EmailMissing, $"{provider.Label} does not tell your e-mail address. Make an account with a password, and link {provider.Label} in its settings.");
        }

        if (await accounts.FindByEmailAsync(email, cancellationToken) is not { } known)
        {
            return await SignUpAsync(provider, identity, email, context, cancellationToken);
        }

        // Both sides must have shown whose the address is: else whoever was first with somebody's address would get what is theirs.
        if (identity.EmailVerified && known.EmailConfirmedAt is not null)
        {
            return await logins.LinkAsync(known, provider.Name, identity, AuditActor.Of(context, known.Id), cancellationToken) == LinkOutcome.Linked
                ? await entry.EnterAsync(known, provider.Name, context, cancellationToken)
                : SignInAndLink(provider);
        }

        if (options.Value.RequireConfirmedEmail && !identity.EmailVerified)
        {
            // As for an address that is new here: nobody learns whether it is.
            await mails.AddAsync(new Letter(LetterKind.SignedUpAgain, email), cancellationToken);
            return AccountProblems.EmailNotConfirmed();
        }

        return SignInAndLink(provider);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult SignInAndLink(ExternalProvider provider) => Problems.Because(
        StatusCodes.Status409Conflict, ProblemCodes.LinkFirst, $"There is already an account with this e-mail address. Sign in to it with its password, and link {provider.Label} in its settings.");

    private async Task<EntryResult> SignUpAsync(
        ExternalProvider provider, ExternalIdentity identity, string email, HttpContext context, CancellationToken cancellationToken)
    {
        var wanted = new Account
        {
            Id = Guid.CreateVersion7(),
            Name = Name(identity, email),
            Email = email,
            EmailConfirmedAt = identity.EmailVerified ? time.GetUtcNow() : null,
        };
        var made = await signUps.AddAsync(
            wanted,
            provider.Name,
            context,
            cancellationToken,
            (connection, account) => ExternalLoginStore.AddAsync(connection, account.Id, provider.Name, identity, cancellationToken));
        return made is null ? SignInAndLink(provider) : await entry.EnterAsync(made, provider.Name, context, cancellationToken);
    }

    private static string Name(ExternalIdentity identity, string email)
    {
        var name = string.Concat((identity.Name ?? "").EnumerateRunes().Where(static rune => !System.Text.Rune.IsControl(rune)).Select(static rune => rune.ToString())).Trim();
        name = name.Length > 0 ? name : email[..email.IndexOf('@', StringComparison.Ordinal)];
        return name.Length <= MaxName ? name : name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)].Trim();
    }
}
