namespace ChatApp.Api.Moderation.Policies;

/// <summary>What holds for one role with one character: of the policies that apply, the strictest.</summary>
internal sealed class EffectivePolicy
{
    private static readonly ModerationCategory[] Categories = Enum.GetValues<ModerationCategory>();
    private static readonly ModerationLevel[] Levels = Enum.GetValues<ModerationLevel>();

    private readonly PolicyRule[] _rules = new PolicyRule[Categories.Length * Levels.Length];
    private readonly PolicyDetectors _detectors;
    private readonly PolicyRow _site;

    /// <param name="site">The site's policy.</param>
    /// <param name="others">Those of the role and of the character, where there are any.</param>
    public EffectivePolicy(PolicyRow site, params ReadOnlySpan<PolicyRow> others)
    {
        _site = site;
        var content = site.Read();
        _detectors = content.Detectors;
        (WhenUnavailable, HoldsAnswers) = (content.WhenUnavailable, content.HoldAnswers);
        foreach (var category in Categories)
        {
            foreach (var level in Levels)
            {
                _rules[Index(category, level)] = Rule(category, level, content, others);
            }
        }

        foreach (var other in others)
        {
            var more = other.Read();
            _detectors = _detectors.With(more.Detectors);
            WhenUnavailable = (WhenUnavailable)Math.Max((int)WhenUnavailable, (int)more.WhenUnavailable);
            HoldsAnswers |= more.HoldAnswers;
        }
    }

    private EffectivePolicy(IReadOnlyList<EffectivePolicy> policies)
    {
        var first = policies[0];
        (_site, _detectors, WhenUnavailable, HoldsAnswers) = (first._site, first._detectors, first.WhenUnavailable, first.HoldsAnswers);
        first._rules.CopyTo(_rules, 0);
        foreach (var policy in policies.Skip(1))
        {
            _detectors = _detectors.With(policy._detectors);
            WhenUnavailable = (WhenUnavailable)Math.Max((int)WhenUnavailable, (int)policy.WhenUnavailable);
            HoldsAnswers |= policy.HoldsAnswers;
            for (var i = 0; i < _rules.Length; i++)
            {
                _rules[i] = policy._rules[i].Action > _rules[i].Action ? policy._rules[i] : _rules[i];
            }
        }
    }

    /// <summary>What is done about a text that a detector could not judge.</summary>
    public WhenUnavailable WhenUnavailable { get; }

    /// <summary>Whether answers wait for the slow detectors.</summary>
    public bool HoldsAnswers { get; }

    /// <summary>The site's policy, which decides where no category does.</summary>
    public PolicyRule OfUnavailable =>
        new(WhenUnavailable == WhenUnavailable.Block ? ModerationAction.Block : ModerationAction.Flag, _site.Scope, _site.Version);

    /// <summary>Of several, the strictest in everything.</summary>
    public static EffectivePolicy Strictest(IReadOnlyList<EffectivePolicy> policies) => new(policies);

    public bool Runs(IContentDetector detector) => _detectors.Runs(detector.Name);

    public PolicyRule Of(ModerationCategory category, ModerationLevel level) =>
        Enum.IsDefined(category) && Enum.IsDefined(level) ? _rules[Index(category, level)] : new PolicyRule(ModerationAction.Block, _site.Scope, _site.Version);

    private PolicyRule Rule(ModerationCategory category, ModerationLevel level, PolicyContent site, ReadOnlySpan<PolicyRow> others)
    {
        if (level == ModerationLevel.None)
        {
            return new PolicyRule(ModerationAction.Allow, _site.Scope, _site.Version);
        }

        if (category == ModerationCategory.Minors)
        {
            return new PolicyRule(ModerationAction.Block, _site.Scope, _site.Version);
        }

        var rule = new PolicyRule(site.Rules.Of(category)?.Of(level) ?? ModerationAction.Block, _site.Scope, _site.Version);
        PolicyRule? looser = null;
        foreach (var other in others)
        {
            if (other.Read().Rules.Of(category)?.Of(level) is not { } action)
            {
                continue;
            }

            var theirs = new PolicyRule(action, other.Scope, other.Version);
            looser = looser is { } first && first.Action >= action ? first : theirs;
        }

        return looser switch
        {
            null => rule,
            { } own when site.Overridable.Contains(category) => own,
            { } own => own.Action > rule.Action ? own : rule,
        };
    }

    private static int Index(ModerationCategory category, ModerationLevel level) => (int)category * Levels.Length + (int)level;
}
