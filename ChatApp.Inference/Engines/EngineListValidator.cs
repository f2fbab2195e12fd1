using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Engines;

/// <summary>Says at start-up which key is wrong, rather than at the first request that something is.</summary>
internal sealed partial class EngineListValidator : IValidateOptions<EngineList>
{
    private const int MaximumEngines = 64;

    public ValidateOptionsResult Validate(string? name, EngineList options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Engines.Count is 0 or > MaximumEngines)
        {
            result.AddError($"{options.Engines.Count} engines are configured; it takes 1 to {MaximumEngines}. Set Engines:0:Name, Engines:0:Kind, Engines:0:Address and Engines:0:Model.");
        }

        for (var i = 0; i < options.Engines.Count; i++)
        {
            Check(options.Engines[i], $"{EngineList.Section}:{i}", result);
        }

        foreach (var twice in options.Engines.GroupBy(e => e.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            result.AddError($"Engines:*:Name '{twice.Key}' is used {twice.Count()} times; names are unique.");
        }

        return result.Build();
    }

    private static void Check(EngineOptions engine, string key, ValidateOptionsResultBuilder result)
    {
        if (!NamePattern().IsMatch(engine.Name))
        {
            result.AddError($"{key}:Name '{engine.Name}' must be 1 to 60 letters, digits, '-', '_' or '.'.");
        }

        if (!Enum.IsDefined(engine.Kind))
        {
            result.AddError($"{key}:Kind must be one of {string.Join(", ", Enum.GetNames<EngineKind>())}.");
        }

        if (string.IsNullOrWhiteSpace(engine.Model))
        {
            result.AddError($"{key}:Model is missing: the name of the model that the engine serves.");
        }

        if (!Uri.TryCreate(engine.Address, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.Query.Length > 0
            || address.UserInfo.Length > 0)
        {
            result.AddError($"{key}:Address must be an absolute http or https address, such as http://127.0.0.1:8080, without query or user name.");
        }
        else if (address.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
        {
            result.AddError($"{key}:Address must not end in /v1; the gateway adds it.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,60}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
