using Microsoft.Extensions.Configuration;

namespace ChatApp.AppHost.Gateway;

/// <summary>Reads the lists of the section <c>ChatApp</c> one by one: bound as lists, what cannot be read would be left out in silence.</summary>
internal static class GatewayLists
{
    /// <exception cref="InvalidOperationException">A value makes no sense.</exception>
    public static void Read(IConfigurationSection section, HostSettings settings)
    {
        settings.Engines = Each<EngineEntry>(section.GetSection(nameof(settings.Engines)));
        settings.Models = [];
        foreach (var child in section.GetSection(nameof(settings.Models)).GetChildren())
        {
            var model = child.Get<ModelEntry>() ?? new ModelEntry();
            model.Targets = Each<TargetEntry>(child.GetSection(nameof(model.Targets)));
            settings.Models.Add(model);
        }

        settings.Budgets.Callers = section.GetSection($"{nameof(settings.Budgets)}:{nameof(settings.Budgets.Callers)}").GetChildren()
            .ToDictionary(static child => child.Key, static child => child.Get<BudgetEntry>() ?? new BudgetEntry(), StringComparer.Ordinal);
    }

    private static List<T> Each<T>(IConfigurationSection section)
        where T : new() => [.. section.GetChildren().Select(static child => child.Get<T>() ?? new T())];
}
