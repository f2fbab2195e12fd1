using System.Diagnostics;
using ChatApp.Tests.Stack;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>A stack of its own, stopped and started again on the same data directory.</summary>
[Trait("Category", "Integration")]
public sealed class RestartTests
{
    [Fact]
    public async Task Stack_StoppedAndStarted_FindsItsDataAndLeavesNothingBehind()
    {
        using var folder = new StackFolder();
        var log = Path.Combine(RepositoryFolder.Artifacts("test-logs"), "restart.log");

        await using (var first = await RunningStack.StartAsync(folder.Path, log, TestContext.Current.CancellationToken))
        {
            await ExecuteAsync(first, "create table marker (value int); insert into marker values (42)");
        }

        Assert.Empty(ProcessesOf(folder.Path));

        await using (var second = await RunningStack.StartAsync(folder.Path, log, TestContext.Current.CancellationToken))
        {
            Assert.Equal(42, await ExecuteAsync(second, "select value from marker"));
            Assert.NotEmpty(ProcessesOf(folder.Path));
        }

        Assert.Empty(ProcessesOf(folder.Path));
    }

    private static async Task<object?> ExecuteAsync(RunningStack stack, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb", TestContext.Current.CancellationToken));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Processes that were started for a data directory: it is in the words or in the environment of each server and of the site.</summary>
    private static List<string> ProcessesOf(string dataDirectory)
    {
        List<string> found = [];
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    var text = File.ReadAllText($"/proc/{process.Id}/cmdline") + File.ReadAllText($"/proc/{process.Id}/environ");
                    if (process.Id != Environment.ProcessId && text.Contains(dataDirectory, StringComparison.Ordinal))
                    {
                        found.Add($"{process.Id} {text.Replace('\0', ' ')[..Math.Min(200, text.Length)]}");
                    }
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It ended meanwhile, or belongs to somebody else.
                }
            }
        }

        return found;
    }
}
