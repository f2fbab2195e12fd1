using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract on a real vLLM, where <c>CHATAPP_TEST_VLLM_ADDRESS</c> names one.</summary>
[Trait("Category", "Integration")]
public sealed class RealVllmContractTests : DialectContract
{
    private protected override Task<ContractTarget> StartAsync() => Task.FromResult(RealServer.Find("VLLM", EngineKind.OpenAI));
}
