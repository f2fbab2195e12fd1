namespace ChatApp.Api.Moderation;

/// <summary>An immediate detector that knows how much of a text that goes on is not decided yet, so that the rest need not wait.</summary>
internal interface IStreamDetector : IContentDetector
{
    /// <summary>
    /// How many UTF-16 units at the text's end may become part of something that it would detect, depending on what follows. 0 when whatever
    /// follows has nothing to do with them.
    /// </summary>
    int Undecided(ModeratedText text);
}
