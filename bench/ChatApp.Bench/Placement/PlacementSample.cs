namespace ChatApp.Bench.Placement;

/// <summary>What one turn cost.</summary>
/// <param name="FirstText">Milliseconds to the first text.</param>
/// <param name="Tokens">Tokens of the prompt, as the engine counted them.</param>
/// <param name="Cached">How many of them it had read already.</param>
/// <param name="Answer">Tokens of the answer.</param>
internal sealed record PlacementSample(double FirstText, int Tokens, int Cached, int Answer);
