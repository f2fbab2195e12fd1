namespace ChatApp.Web.Admin;

/// <summary>Whom a policy is for, in words.</summary>
internal static class PolicyScopes
{
    public const string Site = "site";
    public const string RolePrefix = "role:";
    public const string CharacterPrefix = "character:";

    /// <summary>What a policy is called. <paramref name="characters"/> are the names that are known, by id.</summary>
    public static string Name(string scope, IReadOnlyDictionary<string, string> characters) => scope switch
    {
        Site => "Everybody",
        _ when scope.StartsWith(RolePrefix, StringComparison.Ordinal) => $"{RoleWords.Name(scope[RolePrefix.Length..])}s",
        _ when scope.StartsWith(CharacterPrefix, StringComparison.Ordinal) => characters.GetValueOrDefault(scope[CharacterPrefix.Length..]) ?? "A character",
        _ => scope,
    };

    /// <summary>When it holds.</summary>
    public static string Means(string scope) => scope switch
    {
        Site => "It holds for everybody. Of the policies that apply, the strictest counts.",
        _ when scope.StartsWith(RolePrefix, StringComparison.Ordinal) => "For people of this role, beside that for everybody: the stricter one counts, unless that for everybody lets a category be looser.",
        _ => "In conversations with this character, beside that for everybody: the stricter one counts, unless that for everybody lets a category be looser.",
    };
}
