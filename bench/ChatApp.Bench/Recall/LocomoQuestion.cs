namespace ChatApp.Bench.Recall;

/// <summary>A question about a conversation.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Category">1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial.</param>
/// <param name="Evidence">The turns that it is answered by, each once.</param>
internal sealed record LocomoQuestion(string Text, int Category, IReadOnlyList<string> Evidence);
