using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;
using ChatApp.Inference.Models.Stored;

namespace ChatApp.Inference.Admin.Engines;

/// <summary><c>/admin/engines</c>: what there is, and how it does; those that admins made can be changed.</summary>
internal static class EngineAdmin
{
    public static void MapEngineAdmin(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/engines", List);
        admin.MapPut("/engines/{name}", PutAsync);
        admin.MapDelete("/engines/{name}", DeleteAsync);
    }

    private static IResult List(HttpContext context, ModelDirectory directory, EngineViews views)
    {
        var snapshot = directory.Current;
        AdminVersion.Tell(context, snapshot.Version);
        return Results.Json(new AdminList<EngineView>([.. snapshot.Engines.Select(views.Of)]), AdminJson.Default.AdminListEngineView);
    }

    private static async Task PutAsync(HttpContext context, string name, ModelChanges changes, ModelDirectory directory, EngineViews views)
    {
        if (await AdminBody.ReadAsync(context, AdminJson.Default.EngineChange) is not { } body)
        {
            return;
        }

        if (!Enum.TryParse<EngineKind>(body.Kind, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(body.Kind[0]))
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest($"kind must be one of {string.Join(", ", Enum.GetNames<EngineKind>())}."));
            return;
        }

        var engine = new EngineOptions
        {
            Name = name,
            Kind = kind,
            Address = body.Address,
            KeyName = body.KeyName,
            Concurrency = body.Concurrency,
            ApiVersion = body.ApiVersion,
            IsStored = true,
        };
        if (await changes.ApplyAsync(new StoredChange.PutEngine(engine), AdminVersion.Expected(context), context.RequestAborted) is { } refusal)
        {
            await GatewayErrors.WriteAsync(context, refusal);
            return;
        }

        AdminVersion.Tell(context, directory.Current.Version);
        await context.Response.WriteAsJsonAsync(views.Of(engine), AdminJson.Default.EngineView, contentType: null, context.RequestAborted);
    }

    private static async Task DeleteAsync(HttpContext context, string name, ModelChanges changes)
    {
        if (await changes.ApplyAsync(new StoredChange.DeleteEngine(name), AdminVersion.Expected(context), context.RequestAborted) is { } refusal)
        {
            await GatewayErrors.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
