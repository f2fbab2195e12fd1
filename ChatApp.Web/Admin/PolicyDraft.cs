using ChatApp.Web.Api;
using ChatApp.Web.Moderation;

namespace ChatApp.Web.Admin;

/// <summary>A policy while it is edited.</summary>
public sealed class PolicyDraft
{
    /// <summary>No opinion: what the site's policy says.</summary>
    internal const string AsTheSite = "";

    private const string Block = "block";

    private readonly Dictionary<(string Category, string Level), string> _rules = [];
    private readonly Dictionary<string, bool> _detectors = [];
    private readonly HashSet<string> _overridable = [];

    private PolicyDraft(string scope, int version) => (Scope, Version) = (scope, version);

    /// <summary>Whom it is for.</summary>
    public string Scope { get; }

    /// <summary>The version that it follows; 0 when it is the first.</summary>
    public int Version { get; set; }

    /// <summary>What is done while a detector is away.</summary>
    public string WhenUnavailable { get; set; } = "allowAndFlag";

    /// <summary>Answers wait for the slow detectors.</summary>
    public bool HoldAnswers { get; set; }

    internal bool IsSite => Scope == PolicyScopes.Site;

    internal string this[string category, string level]
    {
        get => category == ModerationWords.Minors ? Block : _rules.GetValueOrDefault((category, level), AsTheSite);
        set => _rules[(category, level)] = value;
    }

    internal static PolicyDraft Of(ModerationPolicy policy)
    {
        var draft = new PolicyDraft(policy.Scope, policy.Version);
        draft.Take(policy);
        return draft;
    }

    /// <summary>One that says nothing yet.</summary>
    internal static PolicyDraft Empty(string scope, int version) => new(scope, version);

    /// <summary>Takes the content of a policy, not its version.</summary>
    internal void Take(ModerationPolicy policy)
    {
        foreach (var category in ModerationWords.Categories)
        {
            foreach (var level in ModerationWords.Levels)
            {
                this[category, level] = policy.Rules?.GetValueOrDefault(category)?.GetValueOrDefault(level) ?? AsTheSite;
            }
        }

        foreach (var detector in ModerationWords.Detectors)
        {
            Ask(detector, policy.Detectors?.GetValueOrDefault(detector) ?? false);
        }

        (WhenUnavailable, HoldAnswers) = (policy.WhenUnavailable ?? "allowAndFlag", policy.HoldAnswers);
        _overridable.Clear();
        _overridable.UnionWith(policy.Overridable ?? []);
    }

    internal bool Asks(string detector) => _detectors.GetValueOrDefault(detector);

    internal void Ask(string detector, bool on) => _detectors[detector] = on;

    internal bool MayBeLooser(string category) => _overridable.Contains(category);

    internal void LetBeLooser(string category, bool may) => _ = may ? _overridable.Add(category) : _overridable.Remove(category);

    internal PolicyChange ToChange() => new(
        ModerationWords.Categories.ToDictionary(static category => category, RulesOf),
        ModerationWords.Detectors.ToDictionary(static detector => detector, Asks),
        WhenUnavailable,
        HoldAnswers,
        IsSite ? [.. _overridable] : null);

    /// <summary>What it says, a line each, in the order of the page.</summary>
    internal List<(string Name, string Value)> Lines() =>
    [
        .. from category in ModerationWords.Categories from level in ModerationWords.Levels
           select ($"{ModerationWords.Title(category)}, {level}", this[category, level] is { Length: > 0 } action ? action : "as for everybody"),
        .. ModerationWords.Categories.Select(category => ($"{ModerationWords.Title(category)}, looser elsewhere", MayBeLooser(category) ? "may be" : "may not")),
        .. ModerationWords.Detectors.Select(detector => (ModerationWords.Detector(detector).Name, Asks(detector) ? "on" : "off")),
        ("While a detector is away", WhenUnavailable == Block ? "block" : "let through, and flag"),
        ("Answers wait for the slow detectors", HoldAnswers ? "yes" : "no"),
    ];

    /// <summary>What is different from another one, a line each.</summary>
    internal List<string> DifferencesFrom(PolicyDraft other) =>
        [.. other.Lines().Zip(Lines()).Where(static pair => pair.First.Value != pair.Second.Value).Select(static pair => $"{pair.First.Name}: {pair.First.Value} → {pair.Second.Value}")];

    /// <summary>What is different in a policy from an older one, a line each.</summary>
    internal static List<string> Differences(ModerationPolicy older, ModerationPolicy newer) => (older.IsRemoved, newer.IsRemoved) switch
    {
        (_, true) => ["Removed."],
        (true, false) => ["There again."],
        _ => Of(newer).DifferencesFrom(Of(older)),
    };

    private Dictionary<string, string?>? RulesOf(string category)
    {
        var rules = ModerationWords.Levels.ToDictionary(static level => level, level => this[category, level] is { Length: > 0 } action ? action : null);
        return rules.Values.All(static action => action is null) ? null : rules;
    }
}
