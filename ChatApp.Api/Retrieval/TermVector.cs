using System.Runtime.InteropServices;
using System.Text;

namespace ChatApp.Api.Retrieval;

/// <summary>A text as terms with counts, the way full-text search in Postgres takes it apart: what <c>tsvector::text</c> gives.</summary>
internal sealed class TermVector
{
    public static readonly TermVector Empty = new([]);

    private readonly TermCount[] _terms;

    private TermVector(TermCount[] terms)
    {
        _terms = terms;
        foreach (var term in terms)
        {
            Length += term.Count;
        }
    }

    /// <summary>The terms, each once.</summary>
    public ReadOnlySpan<TermCount> Terms => _terms;

    /// <summary>How many words there are, stop words not counted.</summary>
    public int Length { get; }

    /// <summary>Reads the text form, <c>'dog':2,5A 'it''s':1</c>: each position is one occurrence. Weights are not looked at.</summary>
    /// <exception cref="FormatException">It is not the text of a tsvector.</exception>
    public static TermVector Parse(ReadOnlySpan<char> tsvector)
    {
        var terms = new List<TermCount>(tsvector.Length / 10);
        var at = 0;
        while (at < tsvector.Length)
        {
            if (tsvector[at] == ' ')
            {
                at++;
                continue;
            }

            var term = ReadTerm(tsvector, ref at);
            var count = 1;
            for (; at < tsvector.Length && tsvector[at] != ' '; at++)
            {
                count += tsvector[at] == ',' ? 1 : 0;
            }

            terms.Add(new TermCount(term, count));
        }

        return terms.Count == 0 ? Empty : new TermVector([.. terms]);
    }

    /// <summary>Terms as they come, counted.</summary>
    public static TermVector Of(IEnumerable<string> terms)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
        }

        return new TermVector([.. counts.Select(static c => new TermCount(c.Key, c.Value))]);
    }

    /// <summary>The same with terms that the text does not have, each once.</summary>
    public TermVector With(IEnumerable<string> others) => new([.. _terms, .. others.Select(static t => new TermCount(t, 1))]);

    private static string ReadTerm(ReadOnlySpan<char> tsvector, ref int at)
    {
        if (tsvector[at] != '\'')
        {
            throw new FormatException($"A term of a tsvector begins with a quote, not with '{tsvector[at]}'.");
        }

        var begin = ++at;
        var length = tsvector[begin..].IndexOfAny('\'', '\\');
        if (length >= 0 && tsvector[begin + length] == '\'' && (begin + length + 1 == tsvector.Length || tsvector[begin + length + 1] != '\''))
        {
            at = begin + length + 1;
            return tsvector.Slice(begin, length).ToString();
        }

        // Quotes and backslashes within are doubled.
        var term = new StringBuilder();
        for (; at < tsvector.Length; at++)
        {
            if (tsvector[at] is '\'' or '\\')
            {
                if (at + 1 == tsvector.Length || tsvector[at + 1] != tsvector[at])
                {
                    at++;
                    return term.ToString();
                }

                at++;
            }

            term.Append(tsvector[at]);
        }

        throw new FormatException("A term of a tsvector does not end.");
    }
}
