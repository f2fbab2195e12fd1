using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Api.Audit;
using ChatApp.Api.Characters;
using ChatApp.Api.Conversations;
using ChatApp.Api.Conversations.Summaries;
using ChatApp.Api.Database;
using ChatApp.Api.Errors;
using ChatApp.Api.Gateway;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Limits;
using ChatApp.Api.Limits.People;
using ChatApp.Api.Limits.Surface;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Detectors;
using ChatApp.Api.OpenApi;
using ChatApp.Api.People;
using ChatApp.Api.Prompting;
using ChatApp.Api.Prompting.Kept;
using ChatApp.Api.Retrieval;
using ChatApp.Api.Site;
using ChatApp.Api.Tone;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.Api;

/// <summary>Composes the service's two roles.</summary>
internal static class ApiExtensions
{
    /// <summary>What every role needs.</summary>
    public static void AddFoundation(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        // For requests that are under way; a worker adds the time that its turns have.
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.AddRequestBounds();
        builder.AddDatabase();
        builder.AddRedis();
        builder.AddErrors();
        builder.AddModels();
        builder.AddTextEmbedder();
        builder.AddRetrieval();
        builder.AddRuleDetector();
        builder.AddOutsideDetector();
        builder.AddMemory();
        builder.AddMemoryIndex();
        builder.AddTurns();
        builder.AddModeration();
        builder.AddTokenCounting();
    }

    /// <summary>The role that answers HTTP.</summary>
    public static void AddHttpApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default));
        builder.Services.AddValidation();
        builder.AddAudit();
        builder.AddSurface();
        builder.AddAccounts();
        builder.AddAccountData();
        builder.AddPeople();
        builder.AddLimits();
        builder.AddCharacters();
        builder.AddConversations();
        builder.AddDocuments();
        builder.AddTurnReaders();
        builder.AddKeptPrompts();
        builder.AddTurnSockets();
        builder.AddModerationApi();
        builder.AddGatewayAdministration();
        builder.AddApiDescription();
    }

    /// <summary>The role that works on turns.</summary>
    public static void AddWorker(this WebApplicationBuilder builder)
    {
        builder.AddModelClients();
        builder.AddMemoryWorker();
        builder.AddSummaries();
        builder.AddMemoryRecall();
        builder.AddMemoryIndexWork();
        builder.AddModerationWorker();
        builder.AddTone();
        builder.AddClassifierDetector();
        builder.AddTurnWorker();
        builder.AddKnowledgeWorker();
        builder.AddLimitWork();
    }

    public static void MapHttpApi(this WebApplication app)
    {
        app.UseSurface();
        app.UseErrors();
        app.UseCallers();
        app.UseDatabaseReadiness();
        app.UseAccounts();
        app.UseTurnSockets();
        app.MapSite();
        app.MapAccounts();
        app.MapSessions();
        app.MapApiKeys();
        app.MapSigningKeys();
        app.MapAccountData();
        app.MapAudit();
        app.MapPeople();
        app.MapLimits();
        app.MapCharacters();
        app.MapConversations();
        app.MapDocuments();
        app.MapMemory();
        app.MapTone();
        app.MapTurns();
        app.MapTurnPrompts();
        app.MapTurnEvents();
        app.MapTurnSockets();
        app.MapMemoryIndex();
        app.MapModeration();
        app.MapGatewayAdministration();
        app.MapApiDescription();
    }

    private static void AddRedis(this WebApplicationBuilder builder)
    {
        builder.AddRedisClient("redis", static settings =>
        {
            settings.DisableAutoActivation = false;
            settings.DisableHealthChecks = true;
        });
        // A service without Redis is slower, not ill: taking it out of traffic would make things worse.
        builder.Services.AddHealthChecks().AddCheck<RedisHealth>("redis", HealthStatus.Degraded);
    }
}
