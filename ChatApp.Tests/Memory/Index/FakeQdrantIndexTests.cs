using ChatApp.Api.Memory;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>The contract over Qdrant's published schema.</summary>
[Trait("Category", "Integration")]
public sealed class FakeQdrantIndexTests(StackFixture stack) : MemoryIndexContract
{
    private ScriptedEngine? _engine;
    private FakeQdrant? _qdrant;

    public override async ValueTask DisposeAsync()
    {
        // Whatever a test was about: nothing that the server would have refused, and no word of anybody's.
        Assert.DoesNotContain(_qdrant?.Requests ?? [], static request => request.Status >= 400);
        await base.DisposeAsync();
        await (_qdrant?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_engine?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private protected override async Task<ApiHost> StartAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _qdrant = await FakeQdrant.StartAsync();
        return await QdrantHosts.StartAsync(stack, _engine, _qdrant.ConnectionString);
    }

    private protected override Task FollowedAsync(MemoryScope scope) => QdrantHosts.FollowedAsync(Host, scope);
}
