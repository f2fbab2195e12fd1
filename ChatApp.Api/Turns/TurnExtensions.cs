using ChatApp.Api.Prompting;
using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Running;
using ChatApp.Api.Turns.Stages;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Turns;

internal static class TurnExtensions
{
    /// <summary>What both roles need: the tables, the log and the signals.</summary>
    public static void AddTurns(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TurnOptions>().BindConfiguration(TurnOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TurnStore>();
        services.AddSingleton<TurnAcceptance>();
        services.AddSingleton<TurnSignals>();
        services.AddSingleton<TurnEventLog>();
        services.AddHostedService<TurnShutdown>();
    }

    /// <summary>What answers turns.</summary>
    public static void AddTurnWorker(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TurnTelemetry>();
        services.AddSingleton<TurnQueue>();
        services.AddSingleton<AnswerStore>();
        services.AddSingleton<AnswerWriterFactory>();
        services.AddSingleton<TurnEnding>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<TurnWorker>();
        services.AddHostedService(static provider => provider.GetRequiredService<TurnWorker>());
        services.AddOptions<HostOptions>().Configure<IOptions<TurnOptions>>(static (host, turns) => host.ShutdownTimeout += turns.Value.Drain);
        builder.AddPrompting();

        // The stages, in the order in which a turn goes through them.
        services.AddSingleton<ITurnStage, ModerateStage>();
        services.AddSingleton<ITurnStage, RecallStage>();
        services.AddSingleton<ITurnStage, AssembleStage>();
        services.AddSingleton<ITurnStage, ResumeStage>();
        services.AddSingleton<ITurnStage, InferStage>();
        services.AddSingleton<ITurnStage, PersistStage>();
        services.AddSingleton<ITurnStage, RememberStage>();
    }
}
