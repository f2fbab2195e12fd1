using System.Globalization;

namespace ChatApp.Bench.Gateway.Stage;

/// <summary>The settings that the gateway is measured with: everything on that an operator would have on.</summary>
internal static class GatewaySettings
{
    /// <summary>Two models, one of them on two engines, so that there is something to route and to place; places for all, and budgets that are counted and never reached.</summary>
    public static Dictionary<string, string> For(int port, Uri engine, Uri secondEngine) => new()
    {
        ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Gateway__Key"] = GatewayStage.Key,
        ["Gateway__AdminKey"] = "an-admin-key-only-for-this-run",
        ["Gateway__MaxConcurrentRequests"] = "20000",
        ["Gateway__Budgets__Default__TokensPerDay"] = "1000000000",
        ["Gateway__Budgets__Default__CostPerDay"] = "1000000",
        ["Engines__0__Name"] = "engine-a",
        ["Engines__0__Kind"] = "LlamaCpp",
        ["Engines__0__Address"] = engine.GetLeftPart(UriPartial.Authority),
        ["Engines__0__Model"] = GatewayStage.Model,
        ["Engines__0__Concurrency"] = "10000",
        ["Engines__1__Name"] = "engine-b",
        ["Engines__1__Kind"] = "OpenAI",
        ["Engines__1__Address"] = secondEngine.GetLeftPart(UriPartial.Authority),
        ["Engines__1__Key"] = "a-provider-key-only-for-this-run",
        ["Engines__1__Model"] = GatewayStage.Model,
        ["Engines__1__Concurrency"] = "10000",
        ["Gateway__Models__0__Name"] = GatewayStage.Model,
        ["Gateway__Models__0__Targets__0__Engine"] = "engine-a",
        ["Gateway__Models__0__Targets__0__InputPrice"] = "0.10",
        ["Gateway__Models__0__Targets__0__OutputPrice"] = "0.40",
        ["Gateway__Models__0__Targets__1__Engine"] = "engine-b",
        ["Gateway__Models__0__Targets__1__InputPrice"] = "0.10",
        ["Gateway__Models__0__Targets__1__OutputPrice"] = "0.40",
        ["Gateway__Models__1__Name"] = "another",
        ["Gateway__Models__1__Targets__0__Engine"] = "engine-b",
        ["Gateway__Models__1__Targets__0__Model"] = "another-there",
    };
}
