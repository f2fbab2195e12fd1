using ChatApp.Api.Memory.Index;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Recall;

/// <summary>The words of a question that say something, with the terms that each stands for: what reasons are told by, whatever index was asked.</summary>
internal sealed class RecallQuestion
{
    private const int MostWords = 96;

    private static readonly char[] Edges = ['"', '\'', '.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '…', '“', '”', '„', '«', '»', '*', '_', '。', '？', '！'];

    private readonly List<(string Word, string[] Terms)> _words = [];

    /// <param name="words">What <see cref="Split"/> gave.</param>
    /// <param name="analysed">The tsvector of each.</param>
    public RecallQuestion(IReadOnlyList<string> words, IReadOnlyList<string> analysed)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var terms = new List<string>();
            foreach (var (term, _) in TermVector.Parse(analysed[i]).Terms)
            {
                terms.Add(term);
            }

            if (terms.Count > 0)
            {
                _words.Add((words[i].Trim(Edges), [.. terms]));
            }
        }
    }

    /// <summary>The words to have analysed; names of the two who talk say who is meant, and are left out.</summary>
    public static string[] Split(RecallRequest request) =>
    [
        .. TextAnalysis.Prepare(request.Text)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !MemorySpeakers.IsName(w, request.UserName) && !MemorySpeakers.IsName(w, request.CharacterName))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostWords),
    ];

    /// <summary>The words that a text of these terms has.</summary>
    public IReadOnlyList<string> WordsIn(IReadOnlySet<string> terms) =>
        [.. _words.Where(w => w.Terms.Any(terms.Contains)).Select(static w => w.Word)];

    /// <summary>The share of the words that a text of these terms has.</summary>
    public double ShareIn(IReadOnlySet<string> terms) =>
        _words.Count == 0 ? 0 : (double)_words.Count(w => w.Terms.Any(terms.Contains)) / _words.Count;
}
