using System.Text.RegularExpressions;
using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Models.Configuration;

/// <summary>What an engine must be, wherever it was written.</summary>
internal static partial class EngineRules
{
    /// <summary>Engines at most, those of the configuration and those of admins together.</summary>
    public const int MaximumEngines = 64;

    private const int MaximumAddress = 500;
    private const int MaximumConcurrency = 100_000;

    public static void Check(EngineOptions engine, RuleReport report)
    {
        if (!NamePattern().IsMatch(engine.Name))
        {
            report.Add("Name", $"'{Shown(engine.Name)}' must be 1 to 60 letters, digits, '-', '_' or '.'.");
        }

        if (!Enum.IsDefined(engine.Kind))
        {
            report.Add("Kind", $"must be one of {string.Join(", ", Enum.GetNames<EngineKind>())}.");
        }

        if (engine.Concurrency is < 1 or > MaximumConcurrency)
        {
            report.Add("Concurrency", $"must be between 1 and {MaximumConcurrency}, or left out.");
        }

        if (engine.ApiVersion is { } version && !NamePattern().IsMatch(version))
        {
            report.Add("ApiVersion", "must be 1 to 60 letters, digits, '-', '_' or '.', or left out.");
        }

        CheckAddress(engine.Address, report);
    }

    private static void CheckAddress(string text, RuleReport report)
    {
        // What was written is not told back: it may hold a password.
        if (text.Length > MaximumAddress
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0
            || address.Query.Length > 0
            || address.Fragment.Length > 0
            || address.UserInfo.Length > 0)
        {
            report.Add("Address", "must be an absolute http or https address, such as http://127.0.0.1:8080, without query or user name.");
        }
        else if (address.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
        {
            report.Add("Address", "must not end in /v1; the gateway adds it.");
        }
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex("^[A-Za-z0-9._-]{1,60}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
