using Npgsql;
using Xunit;

namespace ChatApp.Tests.Audit;

/// <summary>Whatever is done to the log behind the service's back shows, and where first.</summary>
[Trait("Category", "Integration")]
public sealed class AuditTamperingTests(AuditHost host) : IClassFixture<AuditHost>
{
    private const string Fields = "at, action, actor_kind, actor_id, key_id, address, subject_kind, subject_id, detail, code";

    [Theory]
    [InlineData("UPDATE audit_log SET detail = replace(detail, 'many', 'none') WHERE id = @id - 2", -2)]
    [InlineData("UPDATE audit_log SET at = at + interval '1 microsecond' WHERE id = @id - 1", -1)]
    [InlineData("UPDATE audit_log SET actor_id = gen_random_uuid() WHERE id = @id", 0)]
    [InlineData("UPDATE audit_log SET address = '' WHERE id = @id - 1", -1)]
    [InlineData("UPDATE audit_log SET subject_kind = subject_kind || left(subject_id, 1), subject_id = substr(subject_id, 2) WHERE id = @id - 3", -3)]
    [InlineData("UPDATE audit_log SET code = sha256(code) WHERE id = @id - 3", -3)]
    public Task Verify_AFieldWasChanged_SaysWhere(string tampering, int brokenAt) => FindsAsync(tampering, brokenAt);

    [Theory]
    [InlineData("DELETE FROM audit_log WHERE id = @id - 2", -2)]
    [InlineData("DELETE FROM audit_log WHERE id = @id", 0)]
    [InlineData("DELETE FROM audit_log WHERE id >= @id - 3", -3)]
    [InlineData("DELETE FROM audit_log WHERE id <= @id - 4; UPDATE audit_head SET anchor_id = @id - 4", -3)]
    [InlineData("DELETE FROM audit_log WHERE id = @id; UPDATE audit_head SET (last_id, last_code) = (SELECT id, code FROM audit_log ORDER BY id DESC LIMIT 1)", -1)]
    [InlineData("DELETE FROM audit_log WHERE id = @id; UPDATE audit_head SET (last_id, last_code, seal) = (SELECT id, code, NULL::bytea FROM audit_log ORDER BY id DESC LIMIT 1)", -1)]
    public Task Verify_ARowWasDeleted_SaysWhere(string tampering, int brokenAt) => FindsAsync(tampering, brokenAt);

    [Fact]
    public Task Verify_TwoRowsWereSwapped_SaysWhere() => FindsAsync(
        "UPDATE audit_log SET id = -1 WHERE id = @id - 2; UPDATE audit_log SET id = @id - 2 WHERE id = @id - 1; UPDATE audit_log SET id = @id - 1 WHERE id = -1", -2);

    [Theory]
    [InlineData("@id + 1", 1)]
    [InlineData("0", null)]
    public Task Verify_ARowWasInserted_SaysWhere(string id, int? brokenAt) =>
        FindsAsync($"INSERT INTO audit_log SELECT {id}, {Fields} FROM audit_log WHERE id = @id", brokenAt);

    [Fact]
    public Task Verify_ARowWasInsertedAndTheRestMoved_SaysWhere() => FindsAsync(
        $"UPDATE audit_log SET id = id + 1 WHERE id = @id; INSERT INTO audit_log SELECT @id, {Fields} FROM audit_log WHERE id = @id - 1; UPDATE audit_head SET last_id = last_id + 1", 0);

    [Theory]
    [InlineData("UPDATE audit_log SET detail = '{}'")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("TRUNCATE audit_log")]
    [InlineData("DELETE FROM audit_head")]
    [InlineData("TRUNCATE audit_head")]
    [InlineData("UPDATE audit_head SET last_id = last_id - 1")]
    public async Task Change_ByAStatementThatDoesNotLiftTheGuard_IsRefused(string sql)
    {
        await host.AppendAsync(1);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => host.Api.SqlAsync(sql));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    // The log is put back as it was: of what happens here, the service may only hear what is under test.
    private async Task FindsAsync(string tampering, int? brokenAt)
    {
        var last = await host.AppendAsync(6);
        Assert.True((await host.CheckAsync()).Ok);
        await KeepAsync();

        await host.TamperAsync(tampering.Replace("@id", $"{last}", StringComparison.Ordinal));
        var found = await host.CheckAsync();
        await PutBackAsync();

        Assert.False(found.Ok);
        Assert.Equal(brokenAt is { } at ? last + at : 0, found.BrokenAt);
        Assert.True((await host.CheckAsync()).Ok);
    }

    private Task KeepAsync() => host.TamperAsync("CREATE TABLE kept_log AS TABLE audit_log; CREATE TABLE kept_head AS TABLE audit_head");

    private Task PutBackAsync() => host.TamperAsync(
        "DELETE FROM audit_log; INSERT INTO audit_log TABLE kept_log; DELETE FROM audit_head; INSERT INTO audit_head TABLE kept_head; DROP TABLE kept_log; DROP TABLE kept_head");
}
