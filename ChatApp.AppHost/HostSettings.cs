using System.ComponentModel.DataAnnotations;
using ChatApp.AppHost.Containers;
using ChatApp.AppHost.Gateway;
using Microsoft.Extensions.Configuration;

namespace ChatApp.AppHost;

/// <summary>What the operator may choose: the section <c>ChatApp</c> of the AppHost's configuration.</summary>
internal sealed class HostSettings
{
    public const string SectionName = "ChatApp";

    /// <summary>The key of <see cref="DataDirectory"/>, which is an absolute path once the settings have been read.</summary>
    public const string DataDirectoryKey = $"{SectionName}:DataDirectory";

    /// <value>Default <see cref="RunOn.Auto"/>.</value>
    public RunOn RunOn { get; set; } = RunOn.Auto;

    /// <value>Where databases and secrets of this machine are kept; by default <c>.data</c> in the repository.</value>
    public string DataDirectory { get; set; } = "";

    /// <value>A path to a .gguf file, or a name that the engine knows; by default what <c>./chatapp</c> remembered, else the built-in model.</value>
    public string? Model { get; set; }

    /// <value>The site's port; by default that of its launch profile.</value>
    [Range(1, 65535)]
    public int? Port { get; set; }

    /// <value>The Api's two roles in processes of their own, two each; published they always are, and scale apart.</value>
    public bool Scale { get; set; }

    public EngineSettings Engine { get; set; } = new();

    /// <value>More engines and providers behind the gateway.</value>
    public List<EngineEntry> Engines { get; set; } = [];

    /// <value>Models with chains of targets, besides the one of <see cref="Engine"/>.</value>
    public List<ModelEntry> Models { get; set; } = [];

    /// <value>Keys for engines that administrators add while it runs, by the names that they give there.</value>
    public Dictionary<string, string> EngineKeys { get; set; } = [];

    /// <value>What callers of models may use in a day.</value>
    public BudgetSettings Budgets { get; set; } = new();

    /// <value>The currency of prices and budgets; by default USD.</value>
    public string? Currency { get; set; }

    /// <summary>The folder that holds the solution.</summary>
    public string Repository { get; private set; } = "";

    /// <summary>Servers run as containers, and not as processes of this machine.</summary>
    public bool InContainers { get; private set; }

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="SetupException">A value makes no sense.</exception>
    public static HostSettings Read(IDistributedApplicationBuilder builder)
    {
        HostSettings settings;
        try
        {
            var section = builder.Configuration.GetSection(SectionName);
            settings = section.Get<HostSettings>() ?? new HostSettings();
            GatewayLists.Read(section, settings);
            Validator.ValidateObject(settings, new ValidationContext(settings), validateAllProperties: true);
            Validator.ValidateObject(settings.Engine, new ValidationContext(settings.Engine), validateAllProperties: true);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ValidationException)
        {
            throw new SetupException($"The configuration section {SectionName} has a wrong value: {wrong.Message}", wrong);
        }

        GatewayCheck.Check(settings, builder.ExecutionContext.IsPublishMode);
        settings.Repository = Path.GetFullPath("..", builder.AppHostDirectory);
        settings.DataDirectory = Path.GetFullPath(
            string.IsNullOrWhiteSpace(settings.DataDirectory) ? ".data" : settings.DataDirectory, settings.Repository);
        builder.Configuration[DataDirectoryKey] = settings.DataDirectory;
        settings.Scale |= builder.ExecutionContext.IsPublishMode;
        settings.InContainers = builder.ExecutionContext.IsPublishMode || settings.RunOn switch
        {
            RunOn.Containers => true,
            RunOn.Local => false,
            _ => ContainerRuntime.Answers(),
        };
        return settings;
    }

    /// <summary>Known apart from the rest, because Aspire wants to know before there is a builder.</summary>
    public static bool WantsDashboard(string[] args) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build().GetValue($"{SectionName}:Dashboard", true);
}
