using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--step"] = "Pipeline:Step",
        ["--log-level"] = "Pipeline:LogLevel",
    };

    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;
    private bool _isBuilt;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
        : this(options, new HostApplicationBuilderSettings())
    {
    }

    internal DistributedApplicationBuilder(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        settings.Args ??= options.Args;
        BuilderInterception.Current?.OnCreating(options, settings);

        AppHostAssembly = options.Assembly;
        AppHostDirectory = options.ProjectDirectory ?? AppHostMetadata.Directory(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        settings.ContentRootPath ??= Directory.Exists(AppHostDirectory) ? AppHostDirectory : null;
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        _host = new HostApplicationBuilder(settings);
        _host.Configuration.AddCommandLine(settings.Args ?? [], Switches);
        _contextOptions = new DistributedApplicationExecutionContextOptions(Operation(Configuration), Configuration["Publishing:Publisher"] ?? "manifest");
        ExecutionContext = new DistributedApplicationExecutionContext(_contextOptions);
        AddAppHostFacts();
        AddServices();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public Assembly? AppHostAssembly { get; }

    public string AppHostDirectory { get; }

    public string AppHostPath => Path.Join(AppHostDirectory, Environment.ApplicationName);

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        var interception = BuilderInterception.Current;
        interception?.OnBuilding(this);
        var application = BuildCore();
        interception?.OnBuilt(application);
        return application;
    }

    internal DistributedApplication BuildCore()
    {
        if (_isBuilt)
        {
            throw new InvalidOperationException("The application is built already.");
        }

        _isBuilt = true;
        var host = _host.Build();
        _contextOptions.Services = host.Services;
        return new DistributedApplication(host);
    }

    private static DistributedApplicationOperation Operation(ConfigurationManager configuration) => configuration["AppHost:Operation"]?.ToUpperInvariant() switch
    {
        "PUBLISH" => DistributedApplicationOperation.Publish,
        "RUN" => DistributedApplicationOperation.Run,
        null => configuration["Publishing:Publisher"] is null ? DistributedApplicationOperation.Run : DistributedApplicationOperation.Publish,
        var other => throw new DistributedApplicationException($"Invalid operation specified. Valid operations are 'publish' or 'run', not '{other}'."),
    };

    private static string Sha256(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void AddAppHostFacts()
    {
        var name = Environment.ApplicationName;
        Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:Path"] = AppHostPath,
            ["AppHost:DashboardApplicationName"] = _options.DashboardApplicationName ?? name,
            ["AppHost:Sha256"] = ExecutionContext.IsPublishMode ? Sha256(name) : Sha256(AppHostPath.ToLowerInvariant()),
        });
    }

    private void AddServices()
    {
        _host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _host.Logging.AddFilter("System.Net.Http.HttpClient.Aspire.Hosting.Health", LogLevel.Warning);

        // What is not healthy yet is told in one line, and not with every look.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        _host.Logging.AddConfiguration(Configuration.GetSection("Logging"));

        Services.AddHttpClient();
        Services.AddHealthChecks();
        Services.Configure<ResourceNotificationServiceOptions>(notifications =>
            notifications.DefaultWaitBehavior = _options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(_options);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(Eventing);
        Services.AddSingleton<IDistributedApplicationBuilder>(this);
        Services.AddSingleton(_ => new DistributedApplicationModel(Resources));
        Services.AddSingleton(services => new ResourceNotificationService(services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>()));
        Services.AddSingleton<ResourceLog>();
        Services.AddSingleton<DashboardProcess>();
        Services.AddSingleton<LaunchPlan>();
        Services.AddSingleton(services => new HealthPoller(services.GetRequiredService<HealthCheckService>(), services.GetRequiredService<TimeProvider>()));
        Services.AddSingleton(services => new EndpointAllocator(
            Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false), services.GetRequiredService<ResourceLog>().State));
        Services.AddSingleton(services => new RunnerServices(
            services.GetRequiredService<ResourceNotificationService>(),
            Eventing,
            services.GetRequiredService<ResourceLog>(),
            services.GetRequiredService<HealthPoller>(),
            services.GetRequiredService<LaunchPlan>(),
            services.GetRequiredService<TimeProvider>(),
            services));
        Services.AddSingleton<ApplicationOrchestrator>();
    }
}
