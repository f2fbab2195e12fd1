using ChatApp.Api.Audit;
using ChatApp.Api.Background;
using ChatApp.Api.Gateway;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Accounts.Deletion;

/// <summary>
/// Deletes closed accounts everywhere, step after step. Each step finds by itself what is left of it, so a process may end at any point and
/// another goes on. Unlike other work it is never given up: what fails is tried again, less and less often.
/// </summary>
internal sealed partial class AccountDeletion(
    DeletionQueue queue,
    AccountRows rows,
    IServiceProvider services,
    NpgsqlDataSource database,
    AuditLog audit,
    IOptions<DeletionOptions> options,
    DatabaseReadiness readiness,
    TimeProvider time,
    ILogger<AccountDeletion> logger)
    : DurableWork(readiness, time, logger)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileOutside = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(30);

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        if (await queue.ClaimAsync(stoppingToken) is not { } due)
        {
            return 0;
        }

        try
        {
            await (due.IsEmptied ? FinishAsync(due, stoppingToken) : EmptyAsync(due, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await queue.AgainAsync(due, hasFailed: false, TimeSpan.Zero);
            throw;
        }
        catch (Exception exception) when (exception is not NpgsqlException { IsTransient: true })
        {
            LogFailed(exception, due.UserId, due.Failures);
            var rest = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(due.Failures, 12)));
            await queue.AgainAsync(due, hasFailed: true, rest < LongestRest ? rest : LongestRest);
        }

        return 1;
    }

    private async Task EmptyAsync(DueDeletion due, CancellationToken cancellationToken)
    {
        var id = due.UserId;
        if (await rows.StopTurnsAsync(id, cancellationToken) > 0 && due.WaitedSeconds < options.Value.StopPatience.TotalSeconds)
        {
            await queue.AgainAsync(due, hasFailed: false, Soon);
            return;
        }

        // Prompts before the turns by which they are found; memories after the conversations, of which pinned ones stay behind.
        if (await rows.DeletePromptsAsync(id, cancellationToken) > 0
            || await rows.DeleteConversationsAsync(id, cancellationToken) > 0
            || await rows.DeleteMemoriesAsync(id, cancellationToken) > 0)
        {
            await queue.AgainAsync(due, hasFailed: false, TimeSpan.Zero);
            return;
        }

        await queue.EmptyAsync(due, options.Value.LastLook, cancellationToken);
    }

    private async Task FinishAsync(DueDeletion due, CancellationToken cancellationToken)
    {
        if (!await rows.DeleteTracesAsync(due.UserId, cancellationToken))
        {
            LogOutside(due.UserId);
            await queue.AgainAsync(due, hasFailed: false, WhileOutside);
            return;
        }

        await ForgetCallerAsync(due.UserId, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM account_deletions WHERE user_id = @UserId", due, cancellationToken: cancellationToken));
        await audit.AppendAsync(
            connection,
            new AuditEntry(AuditActions.Deleted, AuditActor.System) { SubjectKind = "account", SubjectId = due.UserId.ToString() },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task ForgetCallerAsync(Guid userId, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<GatewayClient>().DeleteAsync($"callers/{userId}", cancellationToken);
        }
        catch (GatewayException exception) when (exception.Code == GatewayException.NotConfigured)
        {
            // Without its key nothing can be done there; what it has are numbers under an id that belongs to nobody any more.
            LogNotConfigured(userId);
        }
    }

    [LoggerMessage(LogLevel.Error, "Deleting account {UserId} failed at attempt {Attempt}; it is tried again")]
    private partial void LogFailed(Exception exception, Guid userId, int attempt);

    [LoggerMessage(LogLevel.Information, "The index outside has not taken away the memories of account {UserId} yet")]
    private partial void LogOutside(Guid userId);

    [LoggerMessage(LogLevel.Warning, "The gateway keeps the usage of account {UserId}, which is gone: 'Inference:AdminKey' is not set")]
    private partial void LogNotConfigured(Guid userId);
}
