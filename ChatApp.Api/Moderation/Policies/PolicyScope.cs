using System.Diagnostics.CodeAnalysis;
using ChatApp.Api.Accounts;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>For whom a policy is: <c>site</c>, <c>role:user</c> or <c>character:&lt;id&gt;</c>.</summary>
internal static class PolicyScope
{
    public const string Site = "site";

    private const string RolePrefix = "role:";
    private const string CharacterPrefix = "character:";

    public static string Of(UserRole role) => RolePrefix + ModerationNames.Of(role);

    public static string Of(Guid characterId) => CharacterPrefix + characterId.ToString("D");

    /// <summary>Reads a scope, and gives it in the one way in which it is written.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="characterId">The character's id, where it is one's.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? scope, out Guid? characterId)
    {
        (scope, characterId) = (null, null);
        if (text == Site)
        {
            scope = Site;
        }
        else if (text.StartsWith(RolePrefix, StringComparison.Ordinal)
            && !char.IsAsciiDigit(text[^1])
            && Enum.TryParse<UserRole>(text.AsSpan(RolePrefix.Length), ignoreCase: true, out var role)
            && Enum.IsDefined(role)
            && text == Of(role))
        {
            scope = text;
        }
        else if (text.StartsWith(CharacterPrefix, StringComparison.Ordinal) && Guid.TryParseExact(text.AsSpan(CharacterPrefix.Length), "D", out var id))
        {
            (scope, characterId) = (Of(id), id);
        }

        return scope is not null;
    }
}
