namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>All rules, ready to be looked for.</summary>
internal sealed class RuleBook
{
    /// <summary>A number under eighteen.</summary>
    public const string MinorAge = "#minor";

    /// <summary>A number that can be an age from eighteen on.</summary>
    public const string AdultAge = "#adult";

    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<Rule>> _rules = [];
    private readonly Dictionary<int, List<RulePhrase>> _phrases = [];
    private readonly Dictionary<int, string> _markers = [];
    private readonly Dictionary<int, RuleContext> _contexts = [];

    public WordTrie Words { get; } = new();

    /// <summary>Words that are never a part of anything, whatever they begin with.</summary>
    public int Allowed => Symbol("!allowed");

    /// <summary>The number of a symbol.</summary>
    public int Symbol(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
        {
            _symbols.Add(name, symbol = _symbols.Count);
        }

        return symbol;
    }

    public void Add(Rule rule) => ListOf(_rules, rule.Parts[0].Symbol).Add(rule);

    /// <summary>Adds words that follow each other and together stand for a symbol.</summary>
    public void Add(RulePhrase phrase) => ListOf(_phrases, phrase.Parts[0]).Add(phrase);

    /// <summary>Adds what tells a language from others.</summary>
    public void AddMarker(string language, int symbol) => _markers[symbol] = language;

    /// <summary>Has a symbol make what stands near it less.</summary>
    public void AddContext(int symbol, RuleContext context) => _contexts[symbol] = context;

    /// <summary>The language that a symbol tells; null for none.</summary>
    public string? LanguageOf(int symbol) => _markers.GetValueOrDefault(symbol);

    public IReadOnlyList<Rule> RulesFrom(int symbol) => _rules.TryGetValue(symbol, out var rules) ? rules : [];

    public IReadOnlyList<RulePhrase> PhrasesFrom(int symbol) => _phrases.TryGetValue(symbol, out var phrases) ? phrases : [];

    public RuleContext? ContextOf(int symbol) => _contexts.TryGetValue(symbol, out var context) ? context : null;

    private static List<T> ListOf<T>(Dictionary<int, List<T>> lists, int key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
