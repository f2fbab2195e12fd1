using System.Globalization;
using ChatApp.AppHost.Engine;

namespace ChatApp.AppHost.Gateway;

/// <summary>What the gateway is told besides its main engine: more engines and providers, models with their chains, budgets.</summary>
internal static class GatewayExtensions
{
    private const string VersionSegment = "/v1";

    /// <summary>Adds the engines of <c>ChatApp:Engines</c> after <paramref name="count"/> that are there already, and the keys of those that administrators add.</summary>
    public static IResourceBuilder<ProjectResource> WithMoreEngines(this IResourceBuilder<ProjectResource> gateway, HostSettings settings, int count)
    {
        for (var i = 0; i < settings.Engines.Count; i++)
        {
            gateway.WithEngine(settings.Engines[i], i, count + i);
        }

        foreach (var name in settings.EngineKeys.Keys)
        {
            var key = gateway.ApplicationBuilder.AddParameterFromConfiguration(
                $"stored-engine-key-{name.ToLowerInvariant()}", $"{HostSettings.SectionName}:EngineKeys:{name}", secret: true);
            gateway.WithEnvironment($"Gateway__EngineKeys__{name}", key);
        }

        return gateway;
    }

    /// <summary>The models of <c>ChatApp:Models</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithModels(this IResourceBuilder<ProjectResource> gateway, HostSettings settings)
    {
        for (var i = 0; i < settings.Models.Count; i++)
        {
            var (model, key) = (settings.Models[i], $"Gateway__Models__{i}");
            gateway.WithEnvironment($"{key}__Name", model.Name);
            gateway.With($"{key}__Cache", model.Cache ? "true" : null);
            gateway.With($"{key}__Auto__Small", model.Auto?.Small);
            gateway.With($"{key}__Auto__Large", model.Auto?.Large);
            gateway.With($"{key}__Auto__Threshold", model.Auto?.Threshold);
            for (var t = 0; t < model.Targets.Count; t++)
            {
                gateway.WithTarget(model.Targets[t], $"{key}__Targets__{t}");
            }
        }

        return gateway;
    }

    /// <summary>The budgets of <c>ChatApp:Budgets</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithBudgets(this IResourceBuilder<ProjectResource> gateway, HostSettings settings)
    {
        gateway.WithBudget(settings.Budgets.Default, "Default");
        foreach (var (caller, budget) in settings.Budgets.Callers)
        {
            gateway.WithBudget(budget, $"Callers__{caller}");
        }

        gateway.With("Gateway__Currency", settings.Currency);
        return gateway;
    }

    /// <summary>The models of which a target is outside, so that people can keep their memories from them.</summary>
    public static IResourceBuilder<ProjectResource> WithOutsideModels(this IResourceBuilder<ProjectResource> api, HostSettings settings, ModelEngine main)
    {
        var number = 0;
        foreach (var model in OutsideModels.Of(settings, main))
        {
            api.WithEnvironment($"Models__OutsideModels__{number++}", model);
        }

        return api;
    }

    private static void WithEngine(this IResourceBuilder<ProjectResource> gateway, EngineEntry engine, int index, int number)
    {
        var key = $"Engines__{number}";
        gateway.WithEnvironment($"{key}__Name", engine.Name)
            .WithEnvironment($"{key}__Kind", engine.Kind.ToString())
            .WithEnvironment($"{key}__Address", Address(engine.Address!));
        gateway.With($"{key}__Model", engine.Model);
        gateway.With($"{key}__Concurrency", engine.Concurrency);
        gateway.With($"{key}__ApiVersion", engine.ApiVersion);
        gateway.WithEnvironment($"{key}__Outside", OutsideModels.IsOutside(engine) ? "true" : "false");
        if (!string.IsNullOrEmpty(engine.Key) || engine.Kind is EngineDialect.AzureOpenAI or EngineDialect.Anthropic)
        {
            // Published where nothing is configured, the platform asks for it.
            gateway.WithEnvironment($"{key}__Key", gateway.ApplicationBuilder.AddParameterFromConfiguration(
                $"engine-{index}-key", $"{HostSettings.SectionName}:Engines:{index}:Key", secret: true));
        }
    }

    private static void WithTarget(this IResourceBuilder<ProjectResource> gateway, TargetEntry target, string key)
    {
        gateway.WithEnvironment($"{key}__Engine", target.Engine);
        gateway.With($"{key}__Model", target.Model);
        gateway.With($"{key}__Priority", target.Priority);
        gateway.With($"{key}__InputPrice", target.InputPrice);
        gateway.With($"{key}__CachedInputPrice", target.CachedInputPrice);
        gateway.With($"{key}__OutputPrice", target.OutputPrice);
        gateway.With($"{key}__ContextTokens", target.ContextTokens);
        gateway.With($"{key}__Capabilities", target.Capabilities);
    }

    private static void WithBudget(this IResourceBuilder<ProjectResource> gateway, BudgetEntry? budget, string key)
    {
        gateway.With($"Gateway__Budgets__{key}__TokensPerDay", budget?.TokensPerDay);
        gateway.With($"Gateway__Budgets__{key}__CostPerDay", budget?.CostPerDay);
    }

    private static void With(this IResourceBuilder<ProjectResource> gateway, string name, IFormattable? value) =>
        gateway.With(name, value?.ToString(null, CultureInfo.InvariantCulture));

    private static void With(this IResourceBuilder<ProjectResource> gateway, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            gateway.WithEnvironment(name, value);
        }
    }

    private static string Address(Uri given)
    {
        var address = given.ToString().TrimEnd('/');
        return address.EndsWith(VersionSegment, StringComparison.Ordinal) ? address[..^VersionSegment.Length] : address;
    }
}
