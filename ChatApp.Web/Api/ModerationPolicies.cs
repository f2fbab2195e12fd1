namespace ChatApp.Web.Api;

/// <summary>Which policies there are.</summary>
/// <param name="Scope"><c>site</c>, <c>role:user</c> or <c>character:&lt;id&gt;</c>.</param>
/// <param name="Version">Its newest version.</param>
/// <param name="UpdatedAt">When that was saved.</param>
/// <param name="UpdatedBy">By whom; null for the one that came with the service.</param>
public sealed record PolicySummary(string Scope, int Version, DateTimeOffset? UpdatedAt, string? UpdatedBy);

/// <summary>A policy in one of its versions.</summary>
/// <param name="Scope">Whom it is for.</param>
/// <param name="Version">Which version it is.</param>
/// <param name="UpdatedAt">When it was saved.</param>
/// <param name="UpdatedBy">By whom; null for the one that came with the service.</param>
/// <param name="Rules">What is done, by category and level; where there is nothing, what the site's policy says.</param>
/// <param name="Detectors">Which detectors are asked.</param>
/// <param name="WhenUnavailable">allowAndFlag or block: what is done about a text while a detector is away.</param>
/// <param name="HoldAnswers">Answers wait until the slow detectors have judged them.</param>
/// <param name="Overridable">Of the site's: the categories in which roles and characters may be looser.</param>
/// <param name="IsRemoved">This version took the policy away.</param>
public sealed record ModerationPolicy(
    string Scope,
    int Version,
    DateTimeOffset? UpdatedAt,
    string? UpdatedBy,
    Dictionary<string, Dictionary<string, string?>?>? Rules,
    Dictionary<string, bool>? Detectors,
    string? WhenUnavailable = null,
    bool HoldAnswers = false,
    List<string>? Overridable = null,
    bool IsRemoved = false);

/// <summary>The body that saves a policy.</summary>
internal sealed record PolicyChange(
    Dictionary<string, Dictionary<string, string?>?> Rules,
    Dictionary<string, bool> Detectors,
    string WhenUnavailable,
    bool HoldAnswers,
    List<string>? Overridable);
