namespace ChatApp.Bench.Prefix;

/// <summary>What one prompt cost.</summary>
/// <param name="FirstText">Milliseconds to the first text.</param>
/// <param name="Tokens">Tokens of the prompt, as the engine counted them.</param>
/// <param name="Cached">How many of them it had read already.</param>
/// <param name="FirstShown">The number of the first message that was shown.</param>
internal sealed record PrefixSample(double FirstText, int Tokens, int Cached, int FirstShown);
