using ChatApp.Api.Database;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Database;

[Trait("Category", "Integration")]
public sealed class MigrationRunnerTests(StackFixture stack)
{
    private static readonly Migration First = Migration.Create(1, "0001_first", "CREATE TABLE first (id integer)");
    private static readonly Migration Second = Migration.Create(2, "0002_second", "INSERT INTO first VALUES (1)");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_Twice_AppliesOnce()
    {
        await using var database = await CreateAsync();

        Assert.Equal(2, await Runner(database).ApplyAsync([First, Second], Cancelled));
        Assert.Equal(0, await Runner(database).ApplyAsync([First, Second], Cancelled));
        Assert.Equal(1L, await CountAsync(database, "first"));
    }

    [Fact]
    public async Task Apply_ManyAtOnce_AppliesOnce()
    {
        await using var database = await CreateAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Runner(database).ApplyAsync([First, Second], Cancelled)));

        Assert.Equal(2, applied.Sum());
        Assert.Equal(1L, await CountAsync(database, "first"));
    }

    [Fact]
    public async Task Apply_OneMoreThanBefore_AppliesThatOne()
    {
        await using var database = await CreateAsync();
        await Runner(database).ApplyAsync([First], Cancelled);

        Assert.Equal(1, await Runner(database).ApplyAsync([First, Second], Cancelled));
    }

    [Fact]
    public async Task Apply_ChangedAfterwards_RefusesAndNamesIt()
    {
        await using var database = await CreateAsync();
        await Runner(database).ApplyAsync([First], Cancelled);

        var error = await Assert.ThrowsAsync<MigrationException>(
            () => Runner(database).ApplyAsync([Migration.Create(1, "0001_first", "CREATE TABLE other (id integer)"), Second], Cancelled));

        Assert.Contains("0001_first", error.Message);
        Assert.Equal(0L, await CountAsync(database, "first"));
    }

    [Fact]
    public async Task Apply_OtherLineEndings_IsTheSameMigration()
    {
        await using var database = await CreateAsync();
        await Runner(database).ApplyAsync([Migration.Create(1, "m", "SELECT 1;\nSELECT 2;")], Cancelled);

        Assert.Equal(0, await Runner(database).ApplyAsync([Migration.Create(1, "m", "SELECT 1;\r\nSELECT 2;")], Cancelled));
    }

    [Fact]
    public async Task Apply_FailsHalfway_LeavesNothingOfTheFailedOne()
    {
        await using var database = await CreateAsync();
        var broken = Migration.Create(2, "0002_broken", "INSERT INTO first VALUES (1); SELECT * FROM nowhere");

        await Assert.ThrowsAsync<PostgresException>(() => Runner(database).ApplyAsync([First, broken], Cancelled));

        Assert.Equal(0L, await CountAsync(database, "first"));
        Assert.Equal(1, await Runner(database).ApplyAsync([First, Second], Cancelled));
    }

    [Fact]
    public async Task Apply_OwnMigrations_AreNumberedWithoutGaps()
    {
        await using var database = await CreateAsync();

        await Runner(database).ApplyAsync(Cancelled);

        Assert.Equal(Enumerable.Range(1, ApiMigrations.All.Migrations.Count), ApiMigrations.All.Migrations.Select(static m => m.Version));
        Assert.True(await CountAsync(database, "characters") >= 4);
    }

    private static MigrationRunner Runner(NpgsqlDataSource database) => new(database, ApiMigrations.All, NullLogger<MigrationRunner>.Instance);

    private static async Task<long> CountAsync(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private async Task<NpgsqlDataSource> CreateAsync() => NpgsqlDataSource.Create(await ApiHost.CreateDatabaseAsync(stack));
}
