using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract on a real Anthropic, where <c>CHATAPP_TEST_ANTHROPIC_ADDRESS</c> names one.</summary>
[Trait("Category", "Integration")]
public sealed class RealAnthropicContractTests : DialectContract
{
    private protected override Task<ContractTarget> StartAsync() => Task.FromResult(RealServer.Find("ANTHROPIC", EngineKind.Anthropic, "https://api.anthropic.com"));
}
