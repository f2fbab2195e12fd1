using System.Text.RegularExpressions;

namespace ChatApp.Inference.Ollama;

/// <summary>Ollama's names of models: <c>llama3.2</c>, <c>llama3.2:3b</c>, <c>hf.co/somebody/a-model:Q4_K_M</c>.</summary>
internal static partial class ModelName
{
    /// <summary>Whether it can be one.</summary>
    public static bool IsOne(string? name) => name is not null && Pattern().IsMatch(name);

    /// <summary>Whether both mean the same; one without a tag means <c>latest</c>.</summary>
    public static bool IsSame(string one, string other) => string.Equals(WithTag(one), WithTag(other), StringComparison.OrdinalIgnoreCase);

    private static string WithTag(string name) => name.AsSpan(name.LastIndexOf('/') + 1).Contains(':') ? name : name + ":latest";

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
