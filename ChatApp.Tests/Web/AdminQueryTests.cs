using System.Net;
using ChatApp.Web.Admin;
using ChatApp.Web.Moderation;
using Xunit;

namespace ChatApp.Tests.Web;

public sealed class AdminQueryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(" a&b ", "admin", true, "?query=a%26b&role=admin&banned=true")]
    [InlineData("", "king", false, "")]
    [InlineData(null, null, null, "")]
    public async Task People_AskForWhatIsLookedFor(string? text, string? role, bool? banned, string asked)
    {
        using var stub = new StubApi(_ => StubApi.Json("""{"items":[],"nextCursor":null}"""));

        await new PeopleApi(stub.Client()).ListAsync(PeopleQuery.Of(text, role, banned), cursor: null, Stop);

        Assert.Equal([$"GET /api/admin/people{asked}"], stub.Asked);
    }

    [Fact]
    public void Audit_LastDay_IsWithin()
    {
        var query = AuditQuery.Of(null, " role. ", null, "2026-11-01", "2026-11-02", new string('x', 300));

        Assert.Equal(("2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"), (Value("from"), Value("to")));
        Assert.Equal(("role.", 200), (Value("action"), Value("text")!.Length));
        Assert.StartsWith("admin/audit?action=role.&from=2026-11-01&to=2026-11-02&text=x", query.Address, StringComparison.Ordinal);
        Assert.True(AuditQuery.Of("", null, " ", "yesterday", "9999-12-31", null).IsEmpty);

        string? Value(string name) => query.Parameters.First(parameter => parameter.Name == name).Value;
    }

    [Fact]
    public async Task Attempt_Refused_SaysItAtTheFieldOrBelow()
    {
        var attempt = new Attempt();
        using var stub = new StubApi(_ => StubApi.Json("""{"title":"Invalid","errors":{"reason":["Say why."]}}""", HttpStatusCode.BadRequest, "application/problem+json"));
        var people = new PeopleApi(stub.Client());

        Assert.False(await attempt.RunAsync(() => people.UnbanAsync(Guid.Empty, Stop), "Done."));

        Assert.Equal(("Say why.", null, "Say why."), (attempt.Of("Reason"), attempt.Refusal("reason"), attempt.Refusal("until")));
        Assert.Equal((HttpStatusCode.BadRequest, false, null), (attempt.Status, attempt.IsBusy, attempt.Done));
        Assert.True(await attempt.RunAsync(() => Task.CompletedTask, "Done."));
        Assert.Equal(("Done.", null), (attempt.Done, attempt.Of("reason")));
    }

    [Theory]
    [InlineData("""{"items":[],"nextCursor":null}""", null)]
    [InlineData("""{"items":[ITEM],"nextCursor":null}""", "2")]
    [InlineData("""{"items":[ITEM],"nextCursor":"n"}""", "2+")]
    public async Task Queue_CountsWhatIsOpenAndAppealed(string page, string? shown)
    {
        const string item = """{"id":"00000000-0000-7000-8000-00000000000a","at":"2026-01-01T00:00:00Z","source":"message","category":null,"level":"none","action":"flag","status":"open"}""";
        using var stub = new StubApi(_ => StubApi.Json(page.Replace("ITEM", item, StringComparison.Ordinal)));
        var queue = new QueueCount(new ModerationApi(stub.Client()));

        await queue.LookAsync(Stop);

        Assert.Equal(shown, queue.Shown);
        Assert.Equal(["GET /api/moderation/items?status=open", "GET /api/moderation/items?status=appealed"], stub.Asked);
    }
}
