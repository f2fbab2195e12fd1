using System.ComponentModel.DataAnnotations;

namespace ChatApp.EngineSimulator;

/// <summary>Section <c>Simulator</c>: what holds for questions that say nothing else.</summary>
internal sealed class SimulatorOptions
{
    public const string Section = "Simulator";

    /// <summary>The name of the model that it plays.</summary>
    [Required]
    public string Model { get; set; } = "simulated";

    [Range(0.01, 1_000_000)]
    public double TokensPerSecond { get; set; } = 20;

    [Range(1, 1_000_000)]
    public int Tokens { get; set; } = SimulatedAnswer.UsualTokens;

    [Range(0, 3_600_000)]
    public double FirstTokenMs { get; set; } = 50;
}
