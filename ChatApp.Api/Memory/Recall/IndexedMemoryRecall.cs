using System.Diagnostics;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Models;
using Npgsql;

namespace ChatApp.Api.Memory.Recall;

/// <summary>Recalls by the index, and tells what it tells by the rows.</summary>
internal sealed partial class IndexedMemoryRecall(
    RecallStore store, IMemoryIndex index, ITextEmbedder embedder, TimeProvider time, ILogger<IndexedMemoryRecall> logger) : IMemoryRecall
{
    // Somebody waits for the answer that this is for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    // What is pinned can be told without the index, if there is time left.
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(1);

    // More than fit, so that copies and what is gone leave enough.
    private const int Hits = 48;

    private const int ContextTexts = 2;
    private const int ContextLength = 400;

    public async Task<MemoryRecall> RecallAsync(MemoryScope scope, RecallRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(scope, default);
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        MemoryRecall recalled;
        try
        {
            recalled = await FindAsync(scope, request, both.Token);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            LogAway(exception.Message);
            recalled = MemoryRecall.Nothing(RecallReasons.Unavailable);
        }

        Activity.Current?.SetTag("chatapp.recall.reason", recalled.Reason).SetTag("chatapp.recall.count", recalled.Memories.Count)
            .SetTag("chatapp.recall.index", index.Name);
        return recalled;
    }

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        NpgsqlException or HttpRequestException or TimeoutException or IOException => true,
        _ => false,
    };

    private async Task<MemoryRecall> FindAsync(MemoryScope scope, RecallRequest request, CancellationToken cancellationToken)
    {
        if (SmallTalk.Is(request.Text, request.UserName, request.CharacterName))
        {
            return MemoryRecall.Nothing(RecallReasons.SmallTalk);
        }

        var words = RecallQuestion.Split(request);
        var settings = await store.ScopeAsync(scope, words, cancellationToken);
        if (settings is null or { Remembers: true, HasMemories: false })
        {
            return MemoryRecall.Nothing(RecallReasons.Empty);
        }

        if (!settings.Remembers)
        {
            return MemoryRecall.Nothing(RecallReasons.SwitchedOff);
        }

        if (settings.StaysInside && request.IsOutside)
        {
            return MemoryRecall.Nothing(RecallReasons.StaysInside);
        }

        var vector = await EmbedAsync(request.Text, settings, cancellationToken);
        var hits = await SearchAsync(scope, request, vector, cancellationToken);
        var rows = await store.RowsAsync(scope, [.. (hits ?? []).Select(static h => h.Id)], cancellationToken);
        var choice = new RecallChoice(request, new RecallQuestion(words, settings.Analysed), time.GetUtcNow());
        return new MemoryRecall(choice.Choose(hits ?? [], rows), hits is null ? RecallReasons.Unavailable : RecallReasons.Searched);
    }

    private async Task<float[]?> EmbedAsync(string text, RecallScope settings, CancellationToken cancellationToken)
    {
        if (embedder.Model is null || (settings.StaysInside && embedder.IsOutside))
        {
            return null;
        }

        try
        {
            return await embedder.EmbedQueryAsync(text, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or IOException)
        {
            LogAway(exception.Message);
            return null;
        }
    }

    /// <returns>Null when the index did not answer; what is pinned is known without it.</returns>
    private async Task<IReadOnlyList<MemoryHit>?> SearchAsync(MemoryScope scope, RecallRequest request, float[]? vector, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(IndexPatience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await index.SearchAsync(
                scope,
                new MemorySearch
                {
                    Text = request.Text,
                    Context = string.Join('\n', request.Before.TakeLast(ContextTexts).Select(static t => t.Length <= ContextLength ? t : t[^ContextLength..])),
                    Vector = vector,
                    UserName = request.UserName,
                    CharacterName = request.CharacterName,
                    WithoutMessages = request.Without,
                    Limit = Hits,
                },
                both.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An index may fail in ways of its own, and nobody's answer may fail with it.
            LogIndexAway(exception, index.Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Nothing is recalled for this answer: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Warning, "The memory index '{Index}' did not answer; only what is pinned is recalled")]
    private partial void LogIndexAway(Exception exception, string index);
}
