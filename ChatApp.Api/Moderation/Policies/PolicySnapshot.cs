using System.Collections.Concurrent;
using ChatApp.Api.Accounts;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>All policies at one moment.</summary>
internal sealed class PolicySnapshot
{
    private readonly Dictionary<string, PolicyRow> _policies;
    private readonly PolicyRow _site;
    private readonly ConcurrentDictionary<(UserRole Role, Guid CharacterId), EffectivePolicy> _effective = new();
    private readonly ConcurrentDictionary<UserRole, EffectivePolicy> _any = new();

    /// <param name="seq">The newest change that it has.</param>
    /// <param name="rows">The newest version of each policy.</param>
    public PolicySnapshot(long seq, IEnumerable<PolicyRow> rows)
    {
        Seq = seq;
        _policies = rows.Where(static r => r.Content is not null).ToDictionary(static r => r.Scope, StringComparer.Ordinal);
        _site = _policies.GetValueOrDefault(PolicyScope.Site) ?? new PolicyRow
        {
            Scope = PolicyScope.Site,
            Content = System.Text.Json.JsonSerializer.Serialize(PolicyContent.Strict, PolicyJson.Default.PolicyContent),
        };
    }

    public long Seq { get; }

    /// <summary>What holds for a person's texts and the answers to them.</summary>
    /// <param name="role">The person's role.</param>
    /// <param name="characterId">Whom they talk with; null where that is nobody.</param>
    public EffectivePolicy For(UserRole role, Guid? characterId)
    {
        // Characters without a policy of their own share one entry, so there are never more than there are policies.
        var character = characterId is { } id && _policies.ContainsKey(PolicyScope.Of(id)) ? id : Guid.Empty;
        return _effective.GetOrAdd((role, character), Make);
    }

    /// <summary>Of each rule the strictest that holds with any character, and all detectors that any wants: who is allowed by this is allowed with all.</summary>
    public EffectivePolicy ForAnyCharacter(UserRole role) => _any.GetOrAdd(role, MakeAny);

    private EffectivePolicy MakeAny(UserRole role) => EffectivePolicy.Strictest(
        [For(role, null), .. _policies.Keys.Where(static s => s.StartsWith("character:", StringComparison.Ordinal)).Select(s => For(role, Guid.Parse(s.AsSpan("character:".Length))))]);

    private EffectivePolicy Make((UserRole Role, Guid CharacterId) key)
    {
        List<PolicyRow> others = [];
        foreach (var scope in (ReadOnlySpan<string>)[PolicyScope.Of(key.Role), PolicyScope.Of(key.CharacterId)])
        {
            if (_policies.TryGetValue(scope, out var other))
            {
                others.Add(other);
            }
        }

        return new EffectivePolicy(_site, [.. others]);
    }
}
