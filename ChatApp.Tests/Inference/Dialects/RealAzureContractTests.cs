using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract on a real Azure OpenAI, where <c>CHATAPP_TEST_AZURE_ADDRESS</c> names one.</summary>
[Trait("Category", "Integration")]
public sealed class RealAzureContractTests : DialectContract
{
    private protected override Task<ContractTarget> StartAsync() => Task.FromResult(RealServer.Find("AZURE", EngineKind.AzureOpenAI));
}
