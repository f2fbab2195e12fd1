using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;
using static ChatApp.Tests.Knowledge.DocumentClient;

namespace ChatApp.Tests.Knowledge;

/// <summary>Documents by HTTP, read by a worker in the same process.</summary>
[Trait("Category", "Integration")]
public sealed class DocumentEndpointTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _ada = null!;
    private ApiUser _eve = null!;
    private Guid _conversation;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(
            stack, _engine, ("Knowledge:MaxConversationDocuments", "3"), ("Knowledge:MaxDocumentBytes", "200000"), ("Knowledge:MaxUserBytes", "300000"));
        _ada = await _host.SignUpAsync();
        _eve = await _host.SignUpAsync();
        _conversation = await _ada.StartConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        _eve.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Upload_ToConversation_IsReadCutAndGivenBackAsItCame()
    {
        var content = Samples.Utf8(Samples.Guide);
        var document = await _ada.AddDocumentAsync(OfConversation(_conversation), "../pump guide.md", content);
        var id = (Guid)document["id"]!;

        Assert.Equal("pump guide.md", (string)document["name"]!);
        Assert.Equal("text/markdown", (string)document["mediaType"]!);
        Assert.Equal(("ready", 3, content.Length), ((string)document["status"]!, (int)document["chunks"]!, (int)document["bytes"]!));
        Assert.Equal(3, (int)document["progress"]!["done"]!);
        Assert.Equal(_conversation, (Guid)document["conversationId"]!);
        Assert.Null(document["error"]);

        var first = await _ada.GetAsync($"/api/documents/{id}/chunks?limit=2");
        var second = await _ada.GetAsync($"/api/documents/{id}/chunks?limit=2&cursor={first["nextCursor"]}");
        Assert.Equal([0, 1, 2], first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(static c => (int)c!["ordinal"]!));
        Assert.Null(second["nextCursor"]);

        var middle = await _ada.GetAsync($"/api/documents/{id}/chunks/{first["items"]![1]!["id"]}");
        Assert.Equal((string)first["items"]![0]!["id"]!, (string)middle["previousChunkId"]!);
        Assert.Equal((string)second["items"]![0]!["id"]!, (string)middle["nextChunkId"]!);

        using var original = await _ada.Client.GetAsync($"/api/documents/{id}/content", Cancelled);
        Assert.Equal(content, await original.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal("attachment", original.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", original.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("application/octet-stream", original.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Upload_SameBytesAgain_TheFirstOneAgain()
    {
        var first = await _ada.AddDocumentAsync(OfConversation(_conversation), "a.txt", "Some words."u8.ToArray());
        using var again = await _ada.UploadAsync(OfConversation(_conversation), "b.txt", "Some words."u8.ToArray());
        var elsewhere = await _ada.AddDocumentAsync(OfConversation(await _ada.StartConversationAsync()), "a.txt", "Some words."u8.ToArray());

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((Guid)first["id"]!, (Guid)(await ApiUser.JsonAsync(again))["id"]!);
        Assert.NotEqual((Guid)first["id"]!, (Guid)elsewhere["id"]!);
        Assert.Single((await _ada.GetAsync(OfConversation(_conversation)))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("empty.txt", "", HttpStatusCode.BadRequest)]
    [InlineData("program.exe", "MZ words", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("not.pdf", "words", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("not.docx", "words", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("zip.txt", "PK\u0003\u0004 words", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("binary.txt", "words\0and\u0001more", HttpStatusCode.UnsupportedMediaType)]
    public async Task Upload_NothingThatCanBeRead_IsRefusedWithWhatToDo(string name, string content, HttpStatusCode expected)
    {
        using var response = await _ada.UploadAsync(OfConversation(_conversation), name, Samples.Utf8(content));

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains(name, (string)(await ApiUser.JsonAsync(response))["detail"]!, StringComparison.Ordinal);
        Assert.Empty((await _ada.GetAsync(OfConversation(_conversation)))["items"]!.AsArray());
    }

    [Theory]
    [InlineData(201_000)]
    [InlineData(100_000_000)]
    public async Task Upload_TooLarge_413(int bytes)
    {
        using var content = new MultipartFormDataContent { { new StreamContent(new SpaceStream(bytes)), "file", "large.txt" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, OfConversation(_conversation)) { Content = content };
        request.Headers.ExpectContinue = true;

        using var response = await _ada.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("0.2 MB at most", (string)(await ApiUser.JsonAsync(response))["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_NoForm_SaysHow()
    {
        using var json = await _ada.Client.PostAsync(OfConversation(_conversation), new StringContent("{}", null, "application/json"), Cancelled);
        using var empty = await _ada.Client.PostAsync(OfConversation(_conversation), new MultipartFormDataContent { { new StringContent("x"), "name" } }, Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains("multipart/form-data", (string)(await ApiUser.JsonAsync(empty))["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_TooManyOrTooMuchTogether_409()
    {
        var large = Samples.Utf8(new string('a', 150_000));
        using var first = await _ada.UploadAsync(OfConversation(_conversation), "1.txt", large);
        using var tooMuch = await _ada.UploadAsync(OfConversation(_conversation), "2.txt", [.. large, .. " more"u8]);
        using var second = await _ada.UploadAsync(OfConversation(_conversation), "3.txt", "three"u8.ToArray());
        using var third = await _ada.UploadAsync(OfConversation(_conversation), "4.txt", "four"u8.ToArray());
        using var tooMany = await _ada.UploadAsync(OfConversation(_conversation), "5.txt", "five"u8.ToArray());

        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict],
            new[] { first, tooMuch, second, third, tooMany }.Select(static r => r.StatusCode));
        Assert.Contains("0.3 MB", (string)(await ApiUser.JsonAsync(tooMuch))["detail"]!, StringComparison.Ordinal);
        Assert.Contains("3 documents at most", (string)(await ApiUser.JsonAsync(tooMany))["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_OfSomebodyElse_IsNotThere()
    {
        var document = await _ada.AddDocumentAsync(OfConversation(_conversation), "a.txt", "Some words."u8.ToArray());
        var path = $"/api/documents/{document["id"]}";
        var chunk = (await _ada.GetAsync(path + "/chunks"))["items"]![0]!["id"];

        using var upload = await _eve.UploadAsync(OfConversation(_conversation), "b.txt", "Other words."u8.ToArray());
        Assert.Equal(HttpStatusCode.NotFound, upload.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await _eve.StatusAsync(OfConversation(_conversation)));
        foreach (var below in (string[])["", "/chunks", $"/chunks/{chunk}", "/content"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await _eve.StatusAsync(path + below));
        }

        Assert.Equal(HttpStatusCode.NotFound, await _eve.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.OK, await _ada.StatusAsync($"{path}/chunks/{chunk}"));
    }

    [Fact]
    public async Task Character_CreatorsWriteEverybodyReads()
    {
        // The first account of all is an administrator's.
        await _host.BecomeAsync(_ada, "user");
        using var refused = await _ada.UploadAsync(OfCharacter(ApiUser.Mira), "a.txt", "Some words."u8.ToArray());
        await _host.BecomeAsync(_ada, "creator");
        var document = await _ada.AddDocumentAsync(OfCharacter(ApiUser.Mira), "a.txt", "Some words."u8.ToArray());
        var path = $"/api/documents/{document["id"]}";

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await _eve.StatusAsync(path + "/chunks"));
        Assert.Single((await _eve.GetAsync(OfCharacter(ApiUser.Mira)))["items"]!.AsArray());
        await _host.BecomeAsync(_eve, "creator");
        Assert.Equal(HttpStatusCode.Forbidden, await _eve.DeleteAsync(path));
        await _host.BecomeAsync(_eve, "admin");
        Assert.Equal(HttpStatusCode.NoContent, await _eve.DeleteAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, await _ada.StatusAsync(path));
    }

    [Fact]
    public async Task DeleteConversation_DocumentsGoToo()
    {
        var document = await _ada.AddDocumentAsync(OfConversation(_conversation), "a.txt", "Some words."u8.ToArray());
        Assert.Equal(HttpStatusCode.NoContent, await _ada.DeleteAsync($"/api/conversations/{_conversation}"));

        Assert.Equal(HttpStatusCode.NotFound, await _ada.StatusAsync($"/api/documents/{document["id"]}"));
        Assert.Equal(0L, await _host.SqlAsync("SELECT (SELECT count(*) FROM document_chunks) + (SELECT count(*) FROM document_contents)"));
    }

    [Fact]
    public async Task Read_BadDocument_FailedWithCodeAndSentence()
    {
        var document = await _ada.AddDocumentAsync(OfConversation(_conversation), "secret.pdf", Samples.EncryptedPdf());

        Assert.Equal("failed", (string)document["status"]!);
        Assert.Equal("encrypted", (string)document["error"]!["code"]!);
        Assert.Contains("without one", (string)document["error"]!["detail"]!, StringComparison.Ordinal);
        // The worker is well.
        Assert.Equal("ready", (string)(await _ada.AddDocumentAsync(OfConversation(_conversation), "good.pdf", Samples.Pdf("Good words")))["status"]!);
    }
}
