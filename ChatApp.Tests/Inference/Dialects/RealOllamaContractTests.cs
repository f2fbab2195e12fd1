using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract on a real Ollama, where <c>CHATAPP_TEST_OLLAMA_ADDRESS</c> names one.</summary>
[Trait("Category", "Integration")]
public sealed class RealOllamaContractTests : DialectContract
{
    private protected override Task<ContractTarget> StartAsync() => Task.FromResult(RealServer.Find("OLLAMA", EngineKind.Ollama));
}
