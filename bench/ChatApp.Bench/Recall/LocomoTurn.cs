namespace ChatApp.Bench.Recall;

/// <summary>Something that was said in a conversation of the file.</summary>
/// <param name="Id">Its name in the file: <c>D3:12</c>.</param>
/// <param name="Session">The number of its session.</param>
/// <param name="IsFirstSpeaker">Which of the two said it.</param>
/// <param name="Text">Its words; what a picture shows is part of them.</param>
/// <param name="SaidAt">When its session was.</param>
internal sealed record LocomoTurn(string Id, int Session, bool IsFirstSpeaker, string Text, DateTimeOffset SaidAt);
