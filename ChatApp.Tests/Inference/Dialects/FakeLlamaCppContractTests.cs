using ChatApp.Inference.Engines;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class FakeLlamaCppContractTests() : FakeTargetContract(EngineKind.LlamaCpp);
