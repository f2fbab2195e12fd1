using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Takes mails that are wanted. They are saved with what caused them, and sent behind people's backs.</summary>
internal sealed class MailOutbox(NpgsqlDataSource database, IOptions<MailOptions> options)
{
    /// <summary>Mails of one kind that one address gets in an hour, whoever asks for them.</summary>
    public const int MaxPerHour = 5;

    private const int MaxWaiting = 10_000;

    /// <summary>Something may have been added; told after it was committed.</summary>
    public event EventHandler? Added;

    /// <summary>Whether this site sends mails at all. Where it does not, none are kept.</summary>
    public bool IsOn => options.Value.IsOn;

    /// <summary>Adds a mail; the work is the same whether or not there is an account with that address.</summary>
    public async Task AddAsync(Letter letter, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await AddAsync(connection, letter, cancellationToken);
        Wake();
    }

    /// <summary>Adds a mail in the transaction that the connection is in; <see cref="Wake"/> is for after the commit.</summary>
    public Task AddAsync(NpgsqlConnection connection, Letter letter, CancellationToken cancellationToken)
    {
        // What is over the bounds is left out in silence: whoever asked must not learn from it what was asked before.
        const string sql = """
            INSERT INTO mails (id, kind, email, user_id)
            SELECT @id, @kind, @Email, @UserId
            WHERE (SELECT count(*) FROM mails WHERE lower(email) = lower(@Email) AND kind = @kind AND requested_at > now() - interval '1 hour') < @MaxPerHour
              AND (SELECT count(*) FROM (SELECT FROM mails WHERE ended_at IS NULL LIMIT @MaxWaiting) AS waiting) < @MaxWaiting
            """;
        return IsOn
            ? connection.ExecuteAsync(new CommandDefinition(
                sql, new { id = Guid.CreateVersion7(), kind = Name(letter.Kind), letter.Email, letter.UserId, MaxPerHour, MaxWaiting }, cancellationToken: cancellationToken))
            : Task.CompletedTask;
    }

    /// <summary>Has what was added sent at once.</summary>
    public void Wake() => Added?.Invoke(this, EventArgs.Empty);

    private static string Name(LetterKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
