using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>
/// A real server that the environment names: <c>CHATAPP_TEST_X_ADDRESS</c> (without <c>/v1</c>), <c>_KEY</c> and <c>_MODEL</c>, where X is <c>OPENAI</c>,
/// <c>AZURE</c>, <c>ANTHROPIC</c>, <c>OLLAMA</c>, <c>LLAMA</c> or <c>VLLM</c>. What else it can do is in <c>_CAN</c>: <c>tools,completions,embeddings</c>.
/// The tests ask it some ten short questions, which a provider bills.
/// </summary>
internal static class RealServer
{
    private const string Prefix = "CHATAPP_TEST_";

    /// <summary>The server; skips the test where there is none.</summary>
    /// <param name="name">What it is called in the environment.</param>
    /// <param name="kind">The gateway's kind of it.</param>
    /// <param name="address">Where it is when the environment does not say.</param>
    public static ContractTarget Find(string name, EngineKind kind, string? address = null)
    {
        var given = Variable(name, "ADDRESS") ?? (Variable(name, "MODEL") is null ? null : address);
        Assert.SkipWhen(given is null, $"No {name} server: set {Prefix}{name}_ADDRESS, {Prefix}{name}_KEY and {Prefix}{name}_MODEL to test on one.");
        var can = (Variable(name, "CAN") ?? "").Split(',', StringSplitOptions.TrimEntries);
        return new ContractTarget
        {
            Kind = kind,
            Address = new Uri(given!),
            Model = Variable(name, "MODEL") ?? throw new InvalidOperationException($"Set {Prefix}{name}_MODEL to a model (for Azure, a deployment) of {given}."),
            Key = Variable(name, "KEY"),
            HasTools = can.Contains("tools"),
            Completes = can.Contains("completions"),
            Embeds = can.Contains("embeddings"),
        };
    }

    private static string? Variable(string name, string suffix) => Environment.GetEnvironmentVariable($"{Prefix}{name}_{suffix}") is { Length: > 0 } value ? value : null;
}
