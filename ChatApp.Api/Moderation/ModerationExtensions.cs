using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Moderation.Input;
using ChatApp.Api.Moderation.Judging;
using ChatApp.Api.Moderation.Log;
using ChatApp.Api.Moderation.Policies;
using ChatApp.Api.Moderation.Queue;

namespace ChatApp.Api.Moderation;

internal static class ModerationExtensions
{
    /// <summary>What both roles judge texts with. Detectors are added besides, as <see cref="IContentDetector"/>.</summary>
    public static void AddModeration(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ModerationOptions>().BindConfiguration(ModerationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ModerationNotices>();
        services.AddSingleton<PolicyStore>();
        services.AddSingleton<PolicyCache>();
        services.AddHostedService(static provider => provider.GetRequiredService<PolicyCache>());
        services.AddSingleton<TextJudge>();
        services.AddSingleton<ModerationLog>();
        services.AddSingleton<WrittenText>();
        services.AddSingleton<PostedTextGate>();
    }

    /// <summary>What people, moderators and administrators do about it.</summary>
    public static void AddModerationApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ItemStore>();
        builder.Services.AddSingleton<ItemDecisions>();
    }

    /// <summary>What turns are judged by.</summary>
    public static void AddModerationWorker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TurnInput>();
        builder.Services.AddSingleton<AnswerGuards>();
        builder.Services.AddHostedService<LogPruning>();
    }

    public static void MapModeration(this IEndpointRouteBuilder routes)
    {
        routes.MapPolicies();
        routes.MapModerationItems();
        routes.MapAppeals();
    }
}
