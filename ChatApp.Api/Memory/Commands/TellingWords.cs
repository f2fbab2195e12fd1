using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ChatApp.Api.Memory.Commands;

/// <summary>Keeps of what is to be forgotten the words that tell one memory from another.</summary>
internal static partial class TellingWords
{
    // Beyond the language's own stop words, which Postgres takes out: words about saying and knowing, and the vaguest of all.
    private static readonly FrozenSet<string> Vague = new[]
    {
        "name", "names", "named", "call", "called", "calls", "calling", "thing", "things", "stuff", "about", "anything", "something", "everything",
        "nothing", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "it", "this", "that", "these", "those",
        "say", "said", "saying", "tell", "told", "telling", "mention", "mentioned", "ask", "asked", "asking", "talk", "talked", "write", "wrote",
        "message", "messages", "word", "words", "question", "conversation", "conversations", "chat", "chats", "fact", "facts", "information", "info",
        "detail", "details", "memory", "memories", "remember", "remembered", "forget", "forgot", "know", "knew", "known", "please", "ever", "never",
        "anymore", "now", "just", "really", "actually", "again", "also", "even", "last", "previous", "earlier", "whole", "part", "exist", "exists",
        "existed", "happen", "happened", "i'm", "i've", "i'd", "i'll", "you're", "you've", "there's", "thanks", "thank",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text without vague words.</summary>
    public static string Of(string text) => Word().Replace(text, static word => Vague.Contains(word.Value) ? " " : word.Value);

    // With its apostrophe, so that of "dog's" the dog stays.
    [GeneratedRegex(@"\w+('\w+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
