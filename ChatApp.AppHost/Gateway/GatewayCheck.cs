using System.Text.RegularExpressions;

namespace ChatApp.AppHost.Gateway;

/// <summary>Says which key is wrong before anything starts, where the gateway would say it in a log.</summary>
internal static partial class GatewayCheck
{
    /// <summary>The engine of <c>ChatApp:Engine</c>.</summary>
    public const string MainEngine = "default";

    /// <summary>The same engine where it serves an embedding model too.</summary>
    public const string EmbeddingEngine = "embeddings";

    /// <summary>Checks engines, models, keys and budgets together.</summary>
    /// <exception cref="SetupException">A value makes no sense.</exception>
    public static void Check(HostSettings settings, bool isPublished)
    {
        for (var i = 0; i < settings.Engines.Count; i++)
        {
            Check(settings.Engines[i], $"{HostSettings.SectionName}:Engines:{i}", isPublished);
        }

        string[] engines = [MainEngine, EmbeddingEngine, .. settings.Engines.Select(static engine => engine.Name)];
        Unique(engines, "Engines:*:Name", "'default' and 'embeddings' are the engine of ChatApp:Engine");
        Unique(settings.Models.Select(static model => model.Name), "Models:*:Name", "give each model one entry with all its targets");
        for (var i = 0; i < settings.Models.Count; i++)
        {
            Check(settings.Models[i], $"{HostSettings.SectionName}:Models:{i}", engines);
        }

        foreach (var name in settings.EngineKeys.Keys.Where(static name => !KeyName().IsMatch(name)))
        {
            throw new SetupException($"ChatApp:EngineKeys:{name} is no name for a key: use letters, digits and single hyphens, beginning with a letter.");
        }

        Check(settings.Budgets.Default, "Default");
        foreach (var (caller, budget) in settings.Budgets.Callers)
        {
            Check(budget, $"Callers:{caller}");
        }
    }

    private static void Check(EngineEntry engine, string key, bool isPublished)
    {
        Require(EngineName().IsMatch(engine.Name), $"{key}:Name '{engine.Name}' must be 1 to 60 letters, digits, '-', '_' or '.'.");
        Require(
            engine.Address is { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", UserInfo: "" },
            $"{key}:Address of the engine '{engine.Name}' must be an absolute http or https address, such as https://api.example.com, without query or user name.");
        Require(
            isPublished || !string.IsNullOrEmpty(engine.Key) || engine.Kind is not (EngineDialect.AzureOpenAI or EngineDialect.Anthropic),
            $"The engine '{engine.Name}' needs a key: set {key}:Key (user secrets or environment).");
        Require(engine.Concurrency is null or (> 0 and <= 10_000), $"{key}:Concurrency is {engine.Concurrency}; it must be 1 to 10000.");
    }

    private static void Check(ModelEntry model, string key, string[] engines)
    {
        Require(!string.IsNullOrWhiteSpace(model.Name) && model.Name.Length <= 256, $"{key}:Name must be 1 to 256 characters.");
        Require(model.Auto is null || model is { Targets: [], Auto: { Small.Length: > 0, Large.Length: > 0 } }, $"{key}: the virtual model '{model.Name}' needs Auto:Small and Auto:Large, and no Targets.");
        Require(model.Auto?.Threshold is null or (>= 0 and <= 1), $"{key}:Auto:Threshold is {model.Auto?.Threshold}; it must be 0 to 1.");
        foreach (var target in model.Targets)
        {
            Require(
                engines.Contains(target.Engine, StringComparer.OrdinalIgnoreCase),
                $"{key}: a target of '{model.Name}' names the engine '{target.Engine}', which is none of {string.Join(", ", engines)}. Add it to ChatApp:Engines.");
            Require(target.Priority is >= 0 and <= 100, $"{key}: Priority {target.Priority} of a target of '{model.Name}' must be 0 to 100.");
            Require(target.ContextTokens is null or > 0, $"{key}: ContextTokens of a target of '{model.Name}' must be above 0.");
            Require(
                (target.InputPrice ?? 0) >= 0 && (target.CachedInputPrice ?? 0) >= 0 && (target.OutputPrice ?? 0) >= 0,
                $"{key}: prices of a target of '{model.Name}' must not be below 0.");
        }
    }

    private static void Check(BudgetEntry? budget, string key) => Require(
        budget is null || ((budget.TokensPerDay ?? 0) >= 0 && (budget.CostPerDay ?? 0) >= 0), $"ChatApp:Budgets:{key} must not be below 0.");

    private static void Unique(IEnumerable<string> names, string key, string hint)
    {
        if (names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new SetupException($"ChatApp:{key} '{twice.Key}' is used {twice.Count()} times: {hint}.");
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new SetupException(message);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,60}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EngineName();

    // It becomes a part of a parameter's name.
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyName();
}
