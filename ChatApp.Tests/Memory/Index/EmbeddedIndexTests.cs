using ChatApp.Api.Memory;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>The contract over the rows in Postgres.</summary>
[Trait("Category", "Integration")]
public sealed class EmbeddedIndexTests(StackFixture stack) : MemoryIndexContract
{
    private ScriptedEngine? _engine;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_engine?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private protected override async Task<ApiHost> StartAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        return await ApiHost.StartAsync(stack, _engine);
    }

    // It looks at the rows before each search.
    private protected override Task FollowedAsync(MemoryScope scope) => Task.CompletedTask;
}
