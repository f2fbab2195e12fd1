using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Knowledge.Reading;

/// <summary>Reads one claimed document: from its bytes to chunks that can be found, or to the reason why not.</summary>
internal sealed partial class DocumentReader(
    DocumentQueue queue,
    DocumentStore documents,
    ChunkStore chunks,
    ParserProcess parser,
    IOptions<KnowledgeOptions> options,
    TimeProvider time,
    ILogger<DocumentReader> logger)
{
    private static readonly TimeSpan ShowEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long giving a claim back may take while the process stops.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    public async Task ReadAsync(DocumentClaim claim, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var progress = new DocumentProgress(0, 0);
        var renewing = RenewAsync(claim, () => Volatile.Read(ref progress), lost);
        var began = time.GetTimestamp();
        try
        {
            int? pages = null;
            var read = await parser.ReadAsync(
                claim.Format,
                (destination, token) => documents.CopyContentAsync(claim.Id, destination, token),
                (done, total) =>
                {
                    pages = total;
                    Volatile.Write(ref progress, new DocumentProgress(done, total));
                },
                lost.Token);
            var saved = await chunks.SaveAsync(
                claim,
                read,
                pages,
                done => Volatile.Write(ref progress, pages is null ? new DocumentProgress(done, read.Count) : progress),
                lost.Token);
            if (saved)
            {
                LogRead(claim.Id, claim.Format, read.Count, time.GetElapsedTime(began));
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Lost to another worker, deleted, or the process is about to stop.
            if (stoppingToken.IsCancellationRequested)
            {
                using var goodbye = new CancellationTokenSource(Goodbye, time);
                await queue.ReturnAsync(claim, goodbye.Token);
            }
        }
        catch (ParseException exception)
        {
            LogUnreadable(claim.Id, claim.Format, exception.Code);
            await queue.FailAsync(claim, exception, stoppingToken);
        }
        catch (Exception exception)
        {
            LogFailed(exception, claim.Id);
            await queue.RetryAsync(claim, stoppingToken);
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(DocumentClaim claim, Func<DocumentProgress> progress, CancellationTokenSource lost)
    {
        var interval = options.Value.Lease / 3 < ShowEvery ? options.Value.Lease / 3 : ShowEvery;
        while (!lost.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(interval, time, lost.Token);
                if (!await queue.RenewAsync(claim, progress(), lost.Token))
                {
                    await lost.CancelAsync();
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Npgsql.NpgsqlException exception)
            {
                // The lease says when that was once too often.
                LogNotRenewed(claim.Id, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Document {Document} ({Format}) was read: {Chunks} chunks in {Elapsed}")]
    private partial void LogRead(Guid document, DocumentKind format, int chunks, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Information, "Document {Document} ({Format}) cannot be read: {Code}")]
    private partial void LogUnreadable(Guid document, DocumentKind format, string code);

    [LoggerMessage(LogLevel.Error, "Reading document {Document} failed, and is tried again")]
    private partial void LogFailed(Exception exception, Guid document);

    [LoggerMessage(LogLevel.Warning, "The claim on document {Document} could not be renewed: {Reason}")]
    private partial void LogNotRenewed(Guid document, string reason);
}
