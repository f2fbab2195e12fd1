using ChatApp.Inference.Engines;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class FakeOpenAIContractTests() : FakeTargetContract(EngineKind.OpenAI);
