using ChatApp.Api.Background;
using ChatApp.Api.Models;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>Gives memories their embeddings, where a model for it is configured.</summary>
internal sealed partial class MemoryEmbedding(
    ITextEmbedder embedder, UnembeddedMemories memories, ScopeClaims claims, MemoryIndexStore index, IOptions<EmbeddingOptions> options,
    DatabaseReadiness database, TimeProvider time, ILogger<MemoryEmbedding> logger) : DurableWork(database, time, logger)
{
    private const int ScopesAPass = 8;

    private bool _begun;
    private bool _away;

    protected override TimeSpan Interval => embedder.Model is null ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(1);

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        // A process with another model that started earlier leaves it to this one, or they would undo each other's work.
        if (embedder.Model is not { } model || await index.EnsureAsync(stoppingToken) is null)
        {
            return 0;
        }

        if (!_begun)
        {
            await memories.BeginAsync(model, stoppingToken);
            _begun = true;
        }

        var done = 0;
        foreach (var scope in await memories.NextAsync(embedder.IsOutside, ScopesAPass, stoppingToken))
        {
            if (await claims.ClaimAsync(ScopeClaims.Embedding, scope, stoppingToken) is not { } claim)
            {
                continue;
            }

            try
            {
                await EmbedAsync(claim, model, stoppingToken);
                await claims.ReleaseAsync(claim, stoppingToken);
                _away = false;
                done++;
            }
            catch (HttpRequestException exception)
            {
                // The scope's turn comes again; the model, which is likely away for all, is left alone until the next pass.
                await claims.PutOffAsync(claim, stoppingToken);
                if (!_away)
                {
                    _away = true;
                    LogAway(exception.Message);
                }

                return 0;
            }
            catch
            {
                await claims.ReleaseAsync(claim, CancellationToken.None);
                throw;
            }
        }

        return done;
    }

    private async Task EmbedAsync(ScopeClaim claim, string model, CancellationToken cancellationToken)
    {
        // Read first: whatever comes after it is found the next time.
        if (await memories.VersionAsync(claim.Scope, cancellationToken) is not { } version)
        {
            return;
        }

        while (await memories.ReadAsync(claim.Scope, model, embedder.IsOutside, options.Value.BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            if (!await claims.RenewAsync(claim, cancellationToken))
            {
                return;
            }

            await memories.StoreAsync(claim.Scope, model, await EmbedAsync(batch, cancellationToken), cancellationToken);
        }

        await memories.DoneAsync(claim.Scope, model, version, cancellationToken);
    }

    private async Task<IReadOnlyList<(UnembeddedMemory Memory, float[]? Embedding)>> EmbedAsync(List<UnembeddedMemory> batch, CancellationToken cancellationToken)
    {
        try
        {
            var vectors = await embedder.EmbedDocumentsAsync([.. batch.Select(static m => m.Text)], cancellationToken);
            return [.. batch.Zip(vectors, static (memory, vector) => (memory, (float[]?)vector))];
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status && (int)status is 400 or 413 or 422)
        {
            if (batch is [var single])
            {
                // The model takes others, and not this one: it is found by its words.
                LogRefused(single.Id, exception.Message);
                return [(single, null)];
            }

            var embedded = new List<(UnembeddedMemory, float[]?)>(batch.Count);
            foreach (var memory in batch)
            {
                embedded.AddRange(await EmbedAsync([memory], cancellationToken));
            }

            return embedded;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Memories wait for their embeddings: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Warning, "Memory {Id} has no embedding, because the model refuses it: {Reason}")]
    private partial void LogRefused(Guid id, string reason);
}
