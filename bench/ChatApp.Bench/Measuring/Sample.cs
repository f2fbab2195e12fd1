namespace ChatApp.Bench.Measuring;

/// <summary>One answer as its caller saw it, in milliseconds from the moment of asking.</summary>
/// <param name="FirstText">When the first text arrived.</param>
/// <param name="LastText">When the last text arrived.</param>
/// <param name="OutputTokens">Tokens of the answer, as the engine counted them.</param>
/// <param name="InputTokens">Tokens of the prompt, as the engine counted them.</param>
internal sealed record Sample(double FirstText, double LastText, int OutputTokens, int InputTokens)
{
    /// <summary>Tokens a second after the first one; the wait for the first is not part of it.</summary>
    public double TokensPerSecond => OutputTokens < 2 ? 0 : (OutputTokens - 1) / ((LastText - FirstText) / 1000);
}
