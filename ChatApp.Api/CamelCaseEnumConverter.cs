using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatApp.Api;

/// <summary>Enums go over the wire by name, in camel case, and never as numbers.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
