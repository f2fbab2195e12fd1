using ChatApp.Inference.Engines;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class FakeAzureOpenAIContractTests() : FakeTargetContract(EngineKind.AzureOpenAI);
