namespace ChatApp.Bench.Placement;

/// <summary>What is run.</summary>
internal sealed record PlacementPlan(int Engines, int Conversations, int Callers, int AtOnce, int Turns, int Rounds, int PersonaWords, int SaidWords, int AnswerTokens, int CacheMegabytes);
