using ChatApp.Api.Memory;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>The contract on a real Qdrant, where the environment names one as the AppHost would.</summary>
[Trait("Category", "Integration")]
public sealed class RealQdrantIndexTests(StackFixture stack) : MemoryIndexContract
{
    private ScriptedEngine? _engine;

    private static string? Given => Environment.GetEnvironmentVariable("ConnectionStrings__qdrant_http") ?? Environment.GetEnvironmentVariable("ConnectionStrings__qdrant");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_engine?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private protected override async Task<ApiHost> StartAsync()
    {
        Assert.SkipUnless(Given is not null, "There is no Qdrant: ConnectionStrings__qdrant_http names none.");
        _engine = await ScriptedEngine.StartAsync();
        return await QdrantHosts.StartAsync(stack, _engine, Given!);
    }

    private protected override Task FollowedAsync(MemoryScope scope) => QdrantHosts.FollowedAsync(Host, scope);
}
