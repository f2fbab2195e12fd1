using ChatApp.Inference.Access;
using ChatApp.Inference.Admin.Engines;
using ChatApp.Inference.Admin.Models;
using ChatApp.Inference.Ollama;
using ChatApp.Inference.Ollama.Pulls;

namespace ChatApp.Inference.Admin;

/// <summary>The endpoints under <c>/admin</c>, for whoever has <c>Gateway:AdminKey</c>; the other key does not open them.</summary>
internal static class AdminRoutes
{
    /// <summary>The prefix.</summary>
    public const string Prefix = "/admin";

    /// <summary>Maps them.</summary>
    public static void MapAdmin(this WebApplication app)
    {
        var admin = app.MapGroup(Prefix).WithMetadata(new RequiresAdminKey());
        admin.MapUsage();
        admin.MapBudgets();
        admin.MapCallers();
        admin.MapEngineAdmin();
        admin.MapModelAdmin();
        admin.MapLocalModels();
        admin.MapPulls();
    }
}
