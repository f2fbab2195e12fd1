using ChatApp.EngineSimulator;

// An engine that computes nothing: it says a text that is known beforehand, on schedule. It measures and breaks what is in
// front of an engine; it says nothing about engines.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(static kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
    // Slow readers are what it is for.
    kestrel.Limits.MinResponseDataRate = null;
});
builder.Services.AddOptions<SimulatorOptions>().BindConfiguration(SimulatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<SimulatorState>();
builder.Services.AddSingleton<TokenWheel>();
builder.Services.AddHostedService(static services => services.GetRequiredService<TokenWheel>());

var app = builder.Build();
app.MapSimulator();
await app.RunAsync();
