using ChatApp.Inference.Engines;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract on a real llama-server: the one that <c>CHATAPP_TEST_LLAMA_ADDRESS</c> names, else the stack's with the built-in model.</summary>
[Trait("Category", "Integration")]
public sealed class RealLlamaServerContractTests(StackFixture stack) : DialectContract
{
    private protected override Task<ContractTarget> StartAsync() => Task.FromResult(
        Environment.GetEnvironmentVariable("CHATAPP_TEST_LLAMA_ADDRESS") is { Length: > 0 }
            ? RealServer.Find("LLAMA", EngineKind.LlamaCpp)
            : new ContractTarget { Kind = EngineKind.LlamaCpp, Address = stack.Engine, Model = "tiny-chat", Key = stack.EngineKey, Completes = true });
}
