using ChatApp.Api.Memory.Remembering;
using ChatApp.Api.Retrieval;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory.Commands;

/// <summary>Reads a message's requests, and forgets what it names.</summary>
internal sealed partial class MemoryCommands(
    NpgsqlDataSource database, ConversationMemories memories, TextAnalysis analysis, ILogger<MemoryCommands> logger) : IMemoryCommands
{
    /// <summary>Memories that one message deletes, at most.</summary>
    public const int MaxForgotten = 50;

    private const int MaxShown = 300;

    private const string EverythingNote = "To have everything forgotten, use 'Forget everything' on the memory page. Nothing was deleted.";
    private const string VagueNote = "Nothing was forgotten: say in a few words what it is about, or delete it on the memory page.";
    private const string NoneNote = "Nothing of the kind was remembered.";
    private static readonly string MoreNote = $"There is more of the kind than the {MaxForgotten} that were forgotten. Say it again, or use the memory page.";

    public async Task<MemoryCommandResult> RunAsync(
        MemoryScope scope, Guid turnId, Guid userMessageId, string text, CancellationToken cancellationToken)
    {
        var command = MemoryCommandRules.Read(text);
        if (command.Forget.Count == 0)
        {
            return command == MemoryCommand.None
                ? MemoryCommandResult.None
                : new MemoryCommandResult(command.Pins, [], command.ForgetsEverything ? EverythingNote : null);
        }

        // What was said a moment ago, perhaps in another conversation, can be forgotten too.
        await memories.RememberLeftAsync(scope, cancellationToken);
        var result = await ForgetAsync(scope, userMessageId, command, cancellationToken);
        if (result.Forgotten.Count > 0)
        {
            LogForgotten(turnId, result.Forgotten.Count);
        }

        return result;
    }

    private async Task<MemoryCommandResult> ForgetAsync(MemoryScope scope, Guid messageId, MemoryCommand command, CancellationToken cancellationToken)
    {
        var prepared = command.Forget.Select(static what => TextAnalysis.Prepare(TellingWords.Of(what))).ToArray();
        var asked = new { scope.UserId, scope.CharacterId, messageId, analysis.Language, prepared, limit = MaxForgotten + 1 };
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await DoneAsync(connection, transaction, asked, cancellationToken) is { } earlier)
        {
            return new MemoryCommandResult(command.Pins, earlier.Forgotten, earlier.Note);
        }

        if (!await connection.QueryFirstAsync<bool>(new CommandDefinition(ForgettingSql.Telling, asked, transaction, cancellationToken: cancellationToken)))
        {
            // "Forget that I asked" wants nothing of the memory; "forget my name" does.
            var wanted = command.Forget.Any(static what => what.StartsWith("my ", StringComparison.OrdinalIgnoreCase));
            return new MemoryCommandResult(command.Pins, [], wanted ? VagueNote : null);
        }

        var matching = await connection.QueryAsync<Match>(new CommandDefinition(ForgettingSql.Matching, asked, transaction, cancellationToken: cancellationToken));
        var gone = matching.Take(MaxForgotten).ToList();
        var note = gone.Count == 0 ? NoneNote : matching.AsList().Count > MaxForgotten ? MoreNote : null;
        var forgotten = gone.Select(static m => MemoryText.Shorten(m.Text, MaxShown)).ToArray();
        var done = new { scope.UserId, scope.CharacterId, messageId, ids = gone.Select(static m => m.Id).ToArray(), forgotten, note, pins = command.Pins };
        await connection.ExecuteAsync(new CommandDefinition(
            $"{ShownMemorySql.Take}; {ForgettingSql.Delete}; {ForgettingSql.Note}", done, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return new MemoryCommandResult(command.Pins, forgotten, note);
    }

    private static async Task<Earlier?> DoneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, object asked, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(ForgettingSql.Done, asked, transaction, cancellationToken: cancellationToken));
        await results.ReadAsync<long>();
        return await results.ReadFirstOrDefaultAsync<Earlier>();
    }

    [LoggerMessage(LogLevel.Information, "Turn {TurnId} had {Count} memories forgotten")]
    private partial void LogForgotten(Guid turnId, int count);

    private sealed record Match
    {
        public Guid Id { get; init; }

        public string Text { get; init; } = "";
    }

    private sealed record Earlier
    {
        public string[] Forgotten { get; init; } = [];

        public string? Note { get; init; }
    }
}
