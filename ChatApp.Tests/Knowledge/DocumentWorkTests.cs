using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;
using ChatApp.Api.Knowledge.Reading;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ChatApp.Tests.Knowledge.DocumentClient;

namespace ChatApp.Tests.Knowledge;

/// <summary>Workers that go away, and claims that are lost.</summary>
[Trait("Category", "Integration")]
public sealed class DocumentWorkTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _ada = null!;
    private Guid _conversation;
    private Guid _document;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine, ApiHostRows.WithoutWorker);
        _ada = await _host.SignUpAsync();
        _conversation = await _ada.StartConversationAsync();
        using var response = await _ada.UploadAsync(OfConversation(_conversation), "guide.md", Samples.Utf8(Samples.Guide));
        _document = (Guid)(await ApiUser.JsonAsync(response))["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Claim_WorkerWentAway_AnotherReadsIt()
    {
        // As a worker leaves it that was killed in the middle.
        await _host.SqlAsync("UPDATE documents SET status = 'processing', attempt = 1, lease_until = now() - interval '1 second', progress_done = 1, progress_total = 3");
        await using var worker = await ApiHost.StartAsync(stack, _engine, _host.Database);

        Assert.Equal("ready", (string)(await _ada.ReadDocumentAsync(_document))["status"]!);
        Assert.Equal(2, await _host.SqlAsync("SELECT attempt FROM documents"));
    }

    [Fact]
    public async Task Claim_ThreeWorkersWentAway_GivenUp()
    {
        await _host.SqlAsync("UPDATE documents SET status = 'processing', attempt = 3, failures = 2, lease_until = now() - interval '1 second'");
        await using var worker = await ApiHost.StartAsync(stack, _engine, _host.Database);

        var document = await _ada.ReadDocumentAsync(_document);

        Assert.Equal(("failed", "given_up"), ((string)document["status"]!, (string)document["error"]!["code"]!));
    }

    [Fact]
    public async Task Claim_LostToAnother_NothingOfTheFirstIsKept()
    {
        await using var worker = await ApiHost.StartAsync(stack, _engine, _host.Database, ("Knowledge:PollInterval", "00:05:00"));
        await _ada.ReadDocumentAsync(_document);
        await _host.SqlAsync("UPDATE documents SET status = 'processing', attempt = attempt + 1, lease_until = now() + interval '1 minute'");
        var chunks = worker.Services.GetRequiredService<ChunkStore>();
        var queue = worker.Services.GetRequiredService<DocumentQueue>();
        var stale = new DocumentClaim(_document, 1, DocumentKind.Markdown);
        var token = TestContext.Current.CancellationToken;

        Assert.False(await chunks.SaveAsync(stale, [new ParsedChunk("", null, "stale")], null, static _ => { }, token));
        Assert.False(await queue.RenewAsync(stale, new DocumentProgress(1, 2), token));
        await queue.FailAsync(stale, ParseErrors.NoText(), token);
        await queue.ReturnAsync(stale, token);

        Assert.Equal(3L, await _host.SqlAsync("SELECT count(*) FROM document_chunks WHERE text <> 'stale'"));
        Assert.Equal("processing", await _host.SqlAsync("SELECT status FROM documents"));
    }

    [Fact]
    public async Task Scheme_OlderThanThis_IsCutAgainFromItsBytes()
    {
        await using var worker = await ApiHost.StartAsync(stack, _engine, _host.Database, ("Knowledge:PollInterval", "00:00:00.1"));
        await _ada.ReadDocumentAsync(_document);
        await _host.SqlAsync("UPDATE document_chunks SET text = 'old'; UPDATE documents SET scheme = 0");

        while ((int)(await _host.SqlAsync("SELECT scheme FROM documents"))! == 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0L, await _host.SqlAsync("SELECT count(*) FROM document_chunks WHERE text = 'old'"));
        Assert.Equal("ready", (string)(await _ada.ReadDocumentAsync(_document))["status"]!);
    }

    [Fact]
    public async Task Delete_WhileItIsRead_LeavesNothing()
    {
        await _host.SqlAsync("UPDATE documents SET status = 'processing', attempt = 1, lease_until = now() + interval '1 minute'");
        Assert.Equal(System.Net.HttpStatusCode.NoContent, await _ada.DeleteAsync($"/api/documents/{_document}"));
        await using var worker = await ApiHost.StartAsync(stack, _engine, _host.Database, ("Knowledge:PollInterval", "00:05:00"));
        var claim = new DocumentClaim(_document, 1, DocumentKind.Markdown);

        var chunks = worker.Services.GetRequiredService<ChunkStore>();
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() =>
            chunks.SaveAsync(claim, [new ParsedChunk("", null, "late")], null, static _ => { }, TestContext.Current.CancellationToken));

        Assert.Equal(0L, await _host.SqlAsync("SELECT count(*) FROM document_chunks"));
    }
}
