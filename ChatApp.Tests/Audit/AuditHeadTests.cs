using Xunit;

namespace ChatApp.Tests.Audit;

/// <summary>The row that says how far the log is, in hands that it should not be in.</summary>
[Trait("Category", "Integration")]
public sealed class AuditHeadTests(AuditHost host) : IClassFixture<AuditHost>
{
    [Fact]
    public async Task Append_HeadWasTakenAwayWithTheNewest_BreaksTheChainForGood()
    {
        var last = await host.AppendAsync(3);

        await host.TamperAsync($"DELETE FROM audit_log WHERE id = {last}; DELETE FROM audit_head");
        await host.AppendAsync(3);
        var found = await host.CheckAsync();

        Assert.False(found.Ok);
        Assert.Equal(last, found.BrokenAt);
    }
}
