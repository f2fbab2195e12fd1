using System.Text.Json;

namespace ChatApp.Api.Moderation;

/// <summary>The names under which enums stand in tables and in answers.</summary>
internal static class ModerationNames
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
