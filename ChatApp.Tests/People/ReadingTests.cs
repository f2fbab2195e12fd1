using System.Net;
using ChatApp.Tests.Api;
using ChatApp.Tests.Audit;
using Xunit;

namespace ChatApp.Tests.People;

/// <summary>What others wrote is read with a reason, which is in the log first.</summary>
[Trait("Category", "Integration")]
public sealed class ReadingTests(AuditHost host) : IClassFixture<AuditHost>
{
    private const string Reason = "a complaint by the person";

    [Fact]
    public async Task Read_WithAReason_IsInTheLogWithWhoAndWhose()
    {
        using var user = await host.Api.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        var conversation = await user.StartConversationAsync();
        await user.SayAsync(conversation, "a secret of mine");

        var listed = await host.Admin.GetAsync($"/api/admin/people/{id}/conversations?reason={Uri.EscapeDataString(Reason)}");
        var read = await host.Admin.GetAsync($"/api/admin/conversations/{conversation}/messages?reason={Uri.EscapeDataString(Reason)}");

        Assert.Equal(conversation, (Guid)Assert.Single(listed["items"]!.AsArray())!["id"]!);
        Assert.Equal("a secret of mine", (string)read["items"]![0]!["text"]!);
        var entries = (await host.Admin.GetAsync("/api/admin/audit?action=data.read&limit=2"))["items"]!.AsArray();
        Assert.Equal(["conversation", "conversations"], entries.Select(static e => (string)e!["detail"]!["read"]!));
        Assert.All(entries, e =>
        {
            Assert.Equal($"{id}", (string)e!["subjectId"]!);
            Assert.Equal(Reason, (string)e["detail"]!["reason"]!);
        });
        Assert.Equal($"{conversation}", (string)entries[0]!["detail"]!["id"]!);
        Assert.DoesNotContain("secret", entries.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?reason=short")]
    [InlineData("?reason=%20%20%20%20%20%20%20%20%20%20")]
    public async Task Read_WithoutAReason_IsRefusedAndReadsNothing(string query)
    {
        using var user = await host.Api.SignUpAsync();
        var conversation = await user.StartConversationAsync();

        using var response = await host.Admin.Client.GetAsync($"/api/admin/conversations/{conversation}/messages{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await ApiUser.JsonAsync(response))["errors"]!["reason"]);
    }

    [Fact]
    public async Task Read_LogCannotBeWritten_ReadsNothing()
    {
        using var user = await host.Api.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        await host.Api.SqlAsync("ALTER TABLE audit_log ADD CONSTRAINT closed CHECK (action <> 'data.read') NOT VALID");

        using var response = await host.Admin.Client.GetAsync(
            $"/api/admin/conversations/{conversation}/messages?reason={Uri.EscapeDataString(Reason)}", TestContext.Current.CancellationToken);
        await host.Api.SqlAsync("ALTER TABLE audit_log DROP CONSTRAINT closed");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Null((await ApiUser.JsonAsync(response))["items"]);
    }
}
