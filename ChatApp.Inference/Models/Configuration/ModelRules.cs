namespace ChatApp.Inference.Models.Configuration;

/// <summary>What a model must be, wherever it was written.</summary>
internal static class ModelRules
{
    /// <summary>Models at most, those of the configuration and those of admins together.</summary>
    public const int MaximumModels = 500;

    /// <summary>Targets of one model at most.</summary>
    public const int MaximumTargets = 16;

    private const int MaximumName = 200;
    private const int MaximumPriority = 99;
    private const int MaximumContext = 100_000_000;
    private const decimal MaximumPrice = 1_000_000;

    /// <summary>Checks a model against the engines that there are; whom a virtual one stands for is checked apart, see <see cref="CheckAuto"/>.</summary>
    public static void Check(ModelOptions model, Func<string, bool> isEngine, RuleReport report)
    {
        if (!IsName(model.Name))
        {
            report.Add("Name", $"must be 1 to {MaximumName} characters, without spaces around them and without control characters.");
        }

        if (model.Auto is not null && model.Targets.Count > 0)
        {
            report.Add("Auto", "and Targets exclude each other: a virtual model has the targets of those that it stands for.");
        }

        if (model.Auto is null && model.Targets.Count is 0 or > MaximumTargets)
        {
            report.Add("Targets", $"has {model.Targets.Count} targets; it takes 1 to {MaximumTargets}, each with the name of an engine.");
        }

        for (var i = 0; i < Math.Min(model.Targets.Count, MaximumTargets); i++)
        {
            Check(model.Targets[i], $"Targets:{i}", isEngine, report);
        }

        foreach (var twice in model.Targets.GroupBy(target => (target.Engine.ToUpperInvariant(), target.Priority)).Where(group => group.Count() > 1))
        {
            report.Add("Targets", $"names the engine '{twice.First().Engine}' twice at priority {twice.Key.Priority}; give one of them another priority.");
        }

        if (model.Auto is { } auto && auto.Threshold is not (>= 0 and <= 1))
        {
            report.Add("Auto:Threshold", "must be between 0 and 1.");
        }
    }

    /// <summary>Checks that a virtual model stands for two that have targets.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="hasTargets">Whether there is a model of that name which is not virtual itself.</param>
    /// <param name="report">Told what is wrong.</param>
    public static void CheckAuto(ModelOptions model, Func<string, bool> hasTargets, RuleReport report)
    {
        if (model.Auto is not { } auto)
        {
            return;
        }

        foreach (var (place, name) in (IEnumerable<(string, string)>)[("Auto:Small", auto.Small), ("Auto:Large", auto.Large)])
        {
            if (!IsName(name) || !hasTargets(name))
            {
                report.Add(place, $"'{(IsName(name) ? name : "")}' must be the name of a model that has targets.");
            }
        }

        if (auto.Small == auto.Large)
        {
            report.Add("Auto:Large", "is the same as Auto:Small; there is nothing to choose between.");
        }
    }

    private static void Check(TargetOptions target, string place, Func<string, bool> isEngine, RuleReport report)
    {
        if (!isEngine(target.Engine))
        {
            report.Add($"{place}:Engine", $"'{(IsName(target.Engine) ? target.Engine : "")}' is not an engine; write the name of one (Engines:N:Name).");
        }

        if (target.Model is not null && !IsName(target.Model))
        {
            report.Add($"{place}:Model", $"must be 1 to {MaximumName} characters, without spaces around them, or be left out.");
        }

        if (target.Priority is < 0 or > MaximumPriority)
        {
            report.Add($"{place}:Priority", $"must be between 0 and {MaximumPriority}.");
        }

        if (target.ContextTokens is < 1 or > MaximumContext)
        {
            report.Add($"{place}:ContextTokens", $"must be between 1 and {MaximumContext}, or left out.");
        }

        if (target.Capabilities is ModelCapabilities.None || (target.Capabilities & ~ModelCapabilities.Any) is not ModelCapabilities.None)
        {
            report.Add($"{place}:Capabilities", "must be some of Chat, Completion, Embedding, Tools, Images, or left out.");
        }

        foreach (var (name, price) in (IEnumerable<(string, decimal?)>)
            [("InputPrice", target.InputPrice), ("CachedInputPrice", target.CachedInputPrice), ("OutputPrice", target.OutputPrice)])
        {
            if (price is < 0 or > MaximumPrice)
            {
                report.Add($"{place}:{name}", $"must be between 0 and {MaximumPrice}, for a million tokens, or be left out.");
            }
        }
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaximumName } && !name.Any(char.IsControl) && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1]);
}
