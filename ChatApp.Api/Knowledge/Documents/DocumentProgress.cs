namespace ChatApp.Api.Knowledge.Documents;

/// <summary>How much of a document has been read: pages, else pieces.</summary>
/// <param name="Done">So many.</param>
/// <param name="Total">Of so many; 0 while that is not known.</param>
public sealed record DocumentProgress(int Done, int Total);
