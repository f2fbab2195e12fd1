using ChatApp.Inference.Engines;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class FakeOllamaContractTests() : FakeTargetContract(EngineKind.Ollama);
