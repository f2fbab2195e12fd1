using System.Net;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Audit;

/// <summary>A log that is right in itself, and not the newest.</summary>
[Trait("Category", "Integration")]
public sealed class AuditWitnessTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task Verify_DatabaseWasPutBackWhileTheProcessLives_IsFoundAndStaysToBeSeen()
    {
        await host.AppendAsync(2);
        await host.TamperAsync("CREATE TABLE kept_log AS TABLE audit_log; CREATE TABLE kept_head AS TABLE audit_head");
        var last = await host.AppendAsync(3);

        await host.TamperAsync("DELETE FROM audit_log; INSERT INTO audit_log TABLE kept_log; DELETE FROM audit_head; INSERT INTO audit_head TABLE kept_head");

        // A process that starts now cannot tell: the codes are right. The one that was there can.
        Assert.True((await host.CheckAsync()).Ok);
        var found = await host.Admin.SendAsync(HttpMethod.Post, "/api/admin/audit/verification", null).JsonAsync(HttpStatusCode.OK);
        Assert.False((bool)found["ok"]!);
        Assert.Equal(last - 2, (long)found["brokenAt"]!);

        // Its next entry does not go on from there, so whoever starts later sees it too.
        await host.AppendAsync(5);
        var later = await host.CheckAsync();
        Assert.False(later.Ok);
        Assert.Equal(last - 2, later.BrokenAt);
    }
}
