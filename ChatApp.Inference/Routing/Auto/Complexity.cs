namespace ChatApp.Inference.Routing.Auto;

/// <summary>How hard a question is.</summary>
/// <param name="Newest">Of the newest message of the user, 0 to 1.</param>
/// <param name="Highest">Of the hardest of the last few, the newest among them: a conversation that became hard stays so for a while.</param>
/// <param name="HasImages">Whether pictures are in the conversation.</param>
internal readonly record struct Complexity(double Newest, double Highest, bool HasImages);
