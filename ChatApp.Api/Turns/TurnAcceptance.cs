using System.Diagnostics;
using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using ChatApp.Api.Limits.Tokens;
using ChatApp.Api.Models;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns;

/// <summary>Takes a turn in: its messages and the queued turn, all or nothing, in one round trip.</summary>
internal sealed class TurnAcceptance(NpgsqlDataSource database, TurnStore turns, ModelCatalog models, IOptions<TurnOptions> options)
{
    /// <summary>Takes a turn in that is charged to nobody.</summary>
    public Task<Acceptance> AcceptAsync(
        Guid conversationId, Guid userId, TurnRequest request, string? idempotencyKey, CancellationToken cancellationToken) =>
        AcceptAsync(conversationId, userId, request, idempotencyKey, null, cancellationToken);

    /// <param name="conversationId">Where it is asked for.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="request">What for.</param>
    /// <param name="idempotencyKey">The name under which a repetition is recognised; null for none.</param>
    /// <param name="charge">What it is charged when it is accepted; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<Acceptance> AcceptAsync(
        Guid conversationId, Guid userId, TurnRequest request, string? idempotencyKey, TokenCharge? charge, CancellationToken cancellationToken)
    {
        var turnId = Guid.CreateVersion7();
        var assistantMessageId = Guid.CreateVersion7();
        var trace = Activity.Current;
        var parameters = new
        {
            conversationId,
            userId,
            kind = KindName(request.Kind),
            originId = request.OriginId,
            text = request.Text,
            idempotencyKey,
            prefills = request.Kind == TurnKind.Continue && await PrefillsAsync(conversationId, userId, cancellationToken),
            turnId,
            userMessageId = Guid.CreateVersion7(),
            assistantMessageId,
            title = request.Text is null ? "" : ConversationTitle.From(request.Text),
            maxActive = options.Value.MaxActivePerUser,
            maxQueued = options.Value.MaxQueued,
            traceParent = trace?.Id,
            traceState = trace?.TraceStateString,
            chargeKey = charge?.KeyId,
            chargeRole = charge?.Role,
            chargeDay = charge?.Day.ToDateTime(TimeOnly.MinValue),
            inputEstimate = charge?.InputEstimate ?? 0,
            outputEstimate = charge?.OutputEstimate ?? 0,
        };
        var row = await DecideAsync(parameters, cancellationToken);
        return new Acceptance(row.Verdict, row.Verdict switch
        {
            Verdict.Accepted => new Turn(
                turnId, conversationId, request.Kind, TurnStatus.Queued, row.UserMessageId, assistantMessageId, TurnRoutes.Events(turnId), row.CreatedAt, null, null),
            Verdict.Repeated => (await turns.FindAsync(row.EarlierTurn, userId, cancellationToken))?.ToTurn(),
            _ => null,
        });
    }

    private async Task<Row> DecideAsync(object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.LastResultAsync<Row>(AcceptanceSql.Accept, parameters, cancellationToken))!;
    }

    private async Task<bool> PrefillsAsync(Guid conversationId, Guid userId, CancellationToken cancellationToken)
    {
        var model = await database.FirstOrDefaultAsync<string?>(AcceptanceSql.Model, new { conversationId, userId }, cancellationToken);
        return models.Find(model).Prefills;
    }

    private static string KindName(TurnKind kind) => kind switch
    {
        TurnKind.Edit => "edit",
        TurnKind.Regenerate => "regenerate",
        TurnKind.Continue => "continue",
        _ => "message",
    };

    private sealed record Row
    {
        public Verdict Verdict { get; init; }

        public Guid EarlierTurn { get; init; }

        public Guid UserMessageId { get; init; }

        public DateTimeOffset CreatedAt { get; init; }
    }
}
