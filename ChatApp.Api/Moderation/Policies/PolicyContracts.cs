using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>Which policy there is.</summary>
/// <param name="Scope"><c>site</c>, <c>role:</c> and a role, or <c>character:</c> and an id.</param>
/// <param name="Version">Its newest version.</param>
/// <param name="UpdatedAt">When that was saved.</param>
/// <param name="UpdatedBy">The name of who saved it; null for the one that came with the service.</param>
public sealed record PolicySummary(string Scope, int Version, DateTimeOffset UpdatedAt, string? UpdatedBy);

/// <summary>One version of a policy.</summary>
/// <param name="Scope">For whom it is.</param>
/// <param name="Version">Its version; the highest one holds.</param>
/// <param name="UpdatedAt">When it was saved.</param>
/// <param name="UpdatedBy">The name of who saved it; null for the one that came with the service.</param>
/// <param name="Rules">What is done, by category and level.</param>
/// <param name="Detectors">Which detectors are asked.</param>
/// <param name="WhenUnavailable">What is done while one of them is away.</param>
/// <param name="HoldAnswers">Whether answers wait until the slow detectors have judged them, instead of being taken back where they must.</param>
/// <param name="Overridable">Of the site's policy: the categories in which roles and characters may be looser than it.</param>
/// <param name="IsRemoved">Whether this version took the policy away.</param>
public sealed record ModerationPolicy(
    string Scope,
    int Version,
    DateTimeOffset UpdatedAt,
    string? UpdatedBy,
    PolicyRules Rules,
    PolicyDetectors Detectors,
    WhenUnavailable WhenUnavailable,
    bool HoldAnswers,
    IReadOnlyList<ModerationCategory> Overridable,
    bool IsRemoved);

/// <summary>The next version of a policy. What is left out stays as it is.</summary>
/// <param name="Rules">What is done, by category and level.</param>
/// <param name="Detectors">Which detectors are asked.</param>
/// <param name="WhenUnavailable">What is done while one of them is away.</param>
/// <param name="HoldAnswers">Whether answers wait until the slow detectors have judged them.</param>
/// <param name="Overridable">Of the site's policy: the categories in which roles and characters may be looser than it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PolicyChange(
    [Required(ErrorMessage = "Say what is done, by category and level.")] PolicyRules Rules,
    PolicyDetectors? Detectors = null,
    WhenUnavailable? WhenUnavailable = null,
    bool? HoldAnswers = null,
    [MaxLength(6, ErrorMessage = "There are six categories.")] IReadOnlyList<ModerationCategory>? Overridable = null);
