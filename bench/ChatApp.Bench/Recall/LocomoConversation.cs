namespace ChatApp.Bench.Recall;

/// <summary>A conversation of the file: two people, many sessions.</summary>
internal sealed record LocomoConversation(
    string Id, string FirstSpeaker, string SecondSpeaker, IReadOnlyList<LocomoTurn> Turns, IReadOnlyList<LocomoQuestion> Questions);
