using ChatApp.Inference.Engines;
using ChatApp.Tests.Inference.Targets;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>What a contract is tested on: an engine as the gateway is told of it, and what it can do.</summary>
internal sealed class ContractTarget : IAsyncDisposable
{
    public required EngineKind Kind { get; init; }

    public required Uri Address { get; init; }

    public required string Model { get; init; }

    public string? Key { get; init; }

    public bool HasTools { get; init; }

    public bool Completes { get; init; }

    public bool Embeds { get; init; }

    /// <summary>The one that a test plays; null on a real server.</summary>
    public FakeTarget? Fake { get; init; }

    public static async Task<ContractTarget> FakeAsync(EngineKind kind)
    {
        var fake = await FakeTarget.StartAsync(kind);
        return new ContractTarget
        {
            Kind = kind,
            Address = fake.Address,
            Model = fake.Model,
            Key = fake.Key,
            HasTools = true,
            Completes = kind != EngineKind.Anthropic,
            Embeds = kind != EngineKind.Anthropic,
            Fake = fake,
        };
    }

    /// <summary>A gateway in front of it.</summary>
    /// <param name="key">Another key than its own.</param>
    public Task<GatewayHost> GatewayAsync(string? key = null)
    {
        (string, string)[] settings =
        [
            ("Engines:0:Name", "target"),
            ("Engines:0:Kind", Kind.ToString()),
            ("Engines:0:Address", Address.AbsoluteUri.TrimEnd('/')),
            ("Engines:0:Model", Model),
        ];
        return GatewayHost.StartAsync((key ?? Key) is { } known ? [.. settings, ("Engines:0:Key", known)] : settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (Fake is not null)
        {
            await Fake.DisposeAsync();
        }
    }
}
