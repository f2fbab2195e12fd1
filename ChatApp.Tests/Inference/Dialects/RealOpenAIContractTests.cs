using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract on a real OpenAI, where <c>CHATAPP_TEST_OPENAI_ADDRESS</c> names one.</summary>
[Trait("Category", "Integration")]
public sealed class RealOpenAIContractTests : DialectContract
{
    private protected override Task<ContractTarget> StartAsync() => Task.FromResult(RealServer.Find("OPENAI", EngineKind.OpenAI, "https://api.openai.com"));
}
