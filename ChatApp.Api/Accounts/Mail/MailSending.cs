using System.Net.Mail;
using ChatApp.Api.Background;
using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>
/// Sends the mails of the outbox. One that its server does not take is tried again, less and less often, for a day; a process that ends in
/// between sends it again rather than not at all.
/// </summary>
internal sealed partial class MailSending : DurableWork
{
    private const string Claim = """
        UPDATE mails SET failures = failures + 1, run_after = now() + least(interval '1 minute' * power(2, failures), interval '1 hour')
        WHERE id = (SELECT id FROM mails WHERE ended_at IS NULL AND run_after <= now() ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, email, user_id, failures, extract(epoch FROM now() - requested_at)::double precision AS waited_seconds
        """;

    private const string End = "UPDATE mails SET ended_at = now() WHERE id = @Id";

    private const string Prune = "DELETE FROM mails WHERE ended_at < now() - interval '1 day'";

    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly NpgsqlDataSource _database;
    private readonly MailOutbox _outbox;
    private readonly LetterWriter _writer;
    private readonly IMailSender _sender;
    private readonly ILogger _logger;

    public MailSending(
        NpgsqlDataSource database, MailOutbox outbox, LetterWriter writer, IMailSender sender, DatabaseReadiness readiness, TimeProvider time, ILogger<MailSending> logger)
        : base(readiness, time, logger)
    {
        _database = database;
        _outbox = outbox;
        _writer = writer;
        _sender = sender;
        _logger = logger;
        outbox.Added += (_, _) => Wake();
    }

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        if (!_outbox.IsOn)
        {
            return 0;
        }

        if (await _database.FirstOrDefaultAsync<DueLetter>(Claim, null, stoppingToken) is not { } due)
        {
            await _database.ExecuteAsync(Prune, null, stoppingToken);
            return 0;
        }

        if (due.Waited > Patience)
        {
            LogGivenUp(due.Kind, due.Failures - 1);
            await EndAsync(due);
            return 1;
        }

        try
        {
            if (await _writer.WriteAsync(due.Letter, stoppingToken) is { } text)
            {
                await _sender.SendAsync(due.Id, due.Email, text, stoppingToken);
                LogSent(due.Kind);
            }

            await EndAsync(due);
        }
        catch (SmtpException refused)
        {
            // What the server says may name the address.
            LogRefused(due.Kind, due.Failures, refused.StatusCode);
            if (refused.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.UserNotLocalTryAlternatePath)
            {
                await EndAsync(due);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or TimeoutException)
        {
            LogFailed(due.Kind, due.Failures, failure.GetType().Name);
        }

        return 1;
    }

    private Task<int> EndAsync(DueLetter due) => _database.ExecuteAsync(End, new { due.Id }, CancellationToken.None);

    [LoggerMessage(LogLevel.Information, "A mail of kind {Kind} was sent")]
    private partial void LogSent(LetterKind kind);

    [LoggerMessage(LogLevel.Warning, "A mail of kind {Kind} was not taken at attempt {Attempt}: {Status}")]
    private partial void LogRefused(LetterKind kind, int attempt, SmtpStatusCode status);

    [LoggerMessage(LogLevel.Warning, "A mail of kind {Kind} could not be sent at attempt {Attempt}: {Failure}")]
    private partial void LogFailed(LetterKind kind, int attempt, string failure);

    [LoggerMessage(LogLevel.Error, "A mail of kind {Kind} was given up after a day and {Attempts} attempts; look at the section Mail of the configuration")]
    private partial void LogGivenUp(LetterKind kind, int attempts);
}
