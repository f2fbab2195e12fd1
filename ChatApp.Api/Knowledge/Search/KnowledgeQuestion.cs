using System.Collections.Frozen;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Knowledge.Search;

/// <summary>A message taken apart: whether it asks for anything, and by which words.</summary>
internal sealed class KnowledgeQuestion
{
    private const int MostWords = 96;
    private const int MostContextWords = 48;

    /// <summary>A question of fewer words than this needs what was said before it.</summary>
    private const int EnoughWords = 4;

    private const double ContextWeight = 0.25;
    private const double FillerWeight = 0.25;

    private static readonly char[] Marks = ['"', '\'', '.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '…', '“', '”', '„', '«', '»', '*', '_', '’', '-', '–', '—', '/', '\\'];

    /// <summary>What people say around what they ask; documents do not, so it must not count as something that they lack.</summary>
    private static readonly FrozenSet<string> Fillers = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "tell", "know", "please", "explain", "describe", "want", "wanted", "need", "help", "could", "would", "should", "can", "find", "found", "say", "says", "said", "think", "question", "answer", "give", "show", "look", "wonder", "wondering", "mean", "means", "exactly", "actually", "really", "just", "like", "let", "get", "got", "maybe", "ask", "asking", "curious", "remind", "quick", "quickly", "hey", "hi", "hello", "thanks", "thank", "ok", "okay", "sure", "much", "many", "long", "often", "whether", "anything", "something", "according", "mention", "mentioned", "work", "works", "thing", "things", "way", "go", "make", "see", "use", "uses", "used", "kind", "sort", "bit", "possible", "able", "i'm", "i'd", "it's", "what's", "there's");

    private static readonly FrozenSet<string> SmallTalk = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "hi", "hello", "hey", "heya", "hiya", "yo", "howdy", "greetings", "good", "morning", "afternoon", "evening", "night", "day", "bye", "goodbye", "cya", "see", "later", "soon", "tomorrow", "thanks", "thank", "thx", "ty", "cheers", "much", "many", "lot", "lots", "please", "sorry", "ok", "okay", "k", "kk", "yes", "yeah", "yep", "yup", "no", "nope", "nah", "sure", "fine", "great", "nice", "cool", "awesome", "amazing", "wow", "lol", "haha", "hahaha", "hehe", "hmm", "hm", "oh", "ah", "aha", "right", "alright", "well", "perfect", "lovely", "wonderful", "excellent", "brilliant", "what's", "whats", "up", "sup", "how", "are", "you", "your", "doing", "going", "today", "it", "is", "it's", "that", "that's", "this", "for", "the", "a", "an", "and", "so", "very", "really", "too", "again", "to", "of", "i", "i'm", "im", "am", "me", "my", "we", "was", "do", "did", "love", "like", "feel", "feeling", "happy", "sad", "tired", "glad", "welcome", "got", "there", "all", "helpful", "help", "take", "care", "have", "talk", "be", "back", "friend", "dear", "honey", "buddy", "just", "one", "go", "on", "not", "bad", "whatever", "agreed", "exactly", "interesting", "true", "same", "here", "who");

    private static readonly FrozenSet<string> DocumentWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "document", "documents", "doc", "docs", "file", "files", "attachment", "attachments", "attached", "upload", "uploaded", "pdf", "spreadsheet", "csv", "docx", "paper", "handbook", "manual", "report");

    private static readonly FrozenSet<string> SummaryWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "summarise", "summarize", "summary", "summarised", "summarized", "overview", "gist", "tldr", "tl;dr", "outline", "about", "say", "says", "contain", "contains", "read", "content", "contents", "describe", "explain", "look");

    private readonly string[] _words;
    private readonly string[] _context;
    private readonly Dictionary<string, string> _wordOf = new(StringComparer.Ordinal);

    public KnowledgeQuestion(KnowledgeRequest request)
    {
        _words = Words(request.Text, MostWords);
        _context = _words.Length < EnoughWords * 2 ? Words(string.Join(' ', request.Before.TakeLast(2)), MostContextWords) : [];
        IsSmallTalk = Array.TrueForAll(_words, SmallTalk.Contains) || !Array.Exists(_words, static w => w.Any(char.IsLetterOrDigit));
        SpeaksOfDocument = Array.Exists(_words, DocumentWords.Contains);
        AsksForSummary = Array.Exists(_words, SummaryWords.Contains);
    }

    /// <summary>It asks for nothing: a greeting, thanks.</summary>
    public bool IsSmallTalk { get; }

    /// <summary>It speaks of a document as such.</summary>
    public bool SpeaksOfDocument { get; }

    /// <summary>It asks what all of it says, rather than where something is said.</summary>
    public bool AsksForSummary { get; }

    /// <summary>The words to have analysed, those of the context last.</summary>
    public string[] ToAnalyse => [.. _words, .. _context];

    /// <summary>The terms, each once.</summary>
    /// <param name="analysed">For each of <see cref="ToAnalyse"/> its tsvector.</param>
    public IReadOnlyList<QueryTerm> Terms(IReadOnlyList<string> analysed)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < _words.Length; i++)
        {
            var weight = Fillers.Contains(_words[i]) || DocumentWords.Contains(_words[i]) ? FillerWeight : 1;
            foreach (var (term, _) in TermVector.Parse(analysed[i]).Terms)
            {
                weights[term] = Math.Max(weight, weights.GetValueOrDefault(term));
                _wordOf.TryAdd(term, _words[i]);
            }
        }

        if (weights.Count(static w => w.Value >= 1) < EnoughWords)
        {
            for (var i = 0; i < _context.Length; i++)
            {
                if (!Fillers.Contains(_context[i]))
                {
                    foreach (var (term, _) in TermVector.Parse(analysed[_words.Length + i]).Terms)
                    {
                        weights.TryAdd(term, ContextWeight);
                    }
                }
            }
        }

        return [.. weights.Select(static w => new QueryTerm(w.Key, w.Value))];
    }

    /// <summary>Whether a term is one of the message's own words, and says something.</summary>
    public bool IsAsked(string term) => _wordOf.TryGetValue(term, out var word) && !Fillers.Contains(word);

    /// <summary>The words of the message that these terms come from.</summary>
    public IReadOnlyList<string> WordsOf(IEnumerable<string> terms) =>
        [.. terms.Select(t => _wordOf.GetValueOrDefault(t)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string[] Words(string text, int most) =>
    [
        .. TextAnalysis.Prepare(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(static w => w.Trim(Marks)).Where(static w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(most),
    ];
}
