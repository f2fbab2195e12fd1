using ChatApp.Inference.Engines;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class FakeAnthropicContractTests() : FakeTargetContract(EngineKind.Anthropic);
