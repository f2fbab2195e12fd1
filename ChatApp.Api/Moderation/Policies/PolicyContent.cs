using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>What a version of a policy says, as it stands in the table.</summary>
internal sealed record PolicyContent(
    PolicyRules Rules,
    PolicyDetectors Detectors,
    WhenUnavailable WhenUnavailable,
    bool HoldAnswers,
    IReadOnlyList<ModerationCategory> Overridable)
{
    /// <summary>Of a role or character before anybody has said anything about it.</summary>
    public static PolicyContent Nothing { get; } = new(new PolicyRules(), new PolicyDetectors(Rules: false), WhenUnavailable.AllowAndFlag, false, []);

    /// <summary>What holds until the site's own policy was read: nothing that its first version would block passes.</summary>
    public static PolicyContent Strict { get; } = new(
        new PolicyRules(
            new(ModerationAction.Allow, ModerationAction.Flag, ModerationAction.Block),
            new(ModerationAction.Allow, ModerationAction.Flag, ModerationAction.Block),
            new(ModerationAction.Allow, ModerationAction.Allow, ModerationAction.Flag),
            new(ModerationAction.Allow, ModerationAction.Allow, ModerationAction.Flag),
            new(ModerationAction.Allow, ModerationAction.Flag, ModerationAction.Block),
            PolicyRules.Blocked),
        new PolicyDetectors(),
        WhenUnavailable.AllowAndFlag,
        false,
        []);
}

/// <summary>How it stands there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PolicyContent))]
internal sealed partial class PolicyJson : JsonSerializerContext;
