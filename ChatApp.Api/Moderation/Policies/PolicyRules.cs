using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>What is done, by category and level. The site's names all; those of roles and characters what they have an opinion about.</summary>
/// <param name="Sexual">Sexual content.</param>
/// <param name="Hate">Contempt for people because of who they are.</param>
/// <param name="Violence">Violence, threats and cruelty.</param>
/// <param name="SelfHarm">Suicide, self-injury and disordered eating.</param>
/// <param name="Illegal">Help with crimes and with weapons.</param>
/// <param name="Minors">Sexual content with minors, which is always blocked; it may be left out.</param>
public sealed record PolicyRules(
    CategoryRules? Sexual = null,
    CategoryRules? Hate = null,
    CategoryRules? Violence = null,
    CategoryRules? SelfHarm = null,
    CategoryRules? Illegal = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CategoryRules? Minors = null)
{
    internal static CategoryRules Blocked { get; } = new(ModerationAction.Block, ModerationAction.Block, ModerationAction.Block);

    internal CategoryRules? Of(ModerationCategory category) => category switch
    {
        ModerationCategory.Sexual => Sexual,
        ModerationCategory.Hate => Hate,
        ModerationCategory.Violence => Violence,
        ModerationCategory.SelfHarm => SelfHarm,
        ModerationCategory.Illegal => Illegal,
        _ => Blocked,
    };
}
