using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;
using ChatApp.Inference.Models.Stored;

namespace ChatApp.Inference.Admin.Models;

/// <summary><c>/admin/models</c>: what there is; a model that an admin writes replaces the configuration's of that name until it is deleted.</summary>
internal static class ModelAdmin
{
    public static void MapModelAdmin(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/models", List);
        // A model's name may contain slashes, so it is no part of the path.
        admin.MapPut("/model", PutAsync);
        admin.MapDelete("/model", DeleteAsync);
    }

    private static IResult List(HttpContext context, ModelDirectory directory)
    {
        var snapshot = directory.Current;
        AdminVersion.Tell(context, snapshot.Version);
        return Results.Json(new AdminList<ModelView>([.. snapshot.Models.Select(ModelViews.Of)]), AdminJson.Default.AdminListModelView);
    }

    private static async Task PutAsync(HttpContext context, ModelChanges changes, ModelDirectory directory)
    {
        if (await AdminBody.ReadAsync(context, AdminJson.Default.ModelChange) is not { } body)
        {
            return;
        }

        if (ModelViews.Options(Name(context), body) is not { } model)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest("targets must be objects, and their capabilities some of chat, completion, embedding, tools, images."));
            return;
        }

        if (await changes.ApplyAsync(new StoredChange.PutModel(model), AdminVersion.Expected(context), context.RequestAborted) is { } refusal)
        {
            await GatewayErrors.WriteAsync(context, refusal);
            return;
        }

        var snapshot = directory.Current;
        AdminVersion.Tell(context, snapshot.Version);
        if (snapshot.Models.FirstOrDefault(route => route.Name == model.Name) is not { } made)
        {
            // Somebody else deleted it at once.
            await GatewayErrors.WriteAsync(context, AdminErrors.ChangedMeanwhile);
            return;
        }

        await context.Response.WriteAsJsonAsync(ModelViews.Of(made), AdminJson.Default.ModelView, contentType: null, context.RequestAborted);
    }

    private static async Task DeleteAsync(HttpContext context, ModelChanges changes)
    {
        if (await changes.ApplyAsync(new StoredChange.DeleteModel(Name(context)), AdminVersion.Expected(context), context.RequestAborted) is { } refusal)
        {
            await GatewayErrors.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string Name(HttpContext context) => context.Request.Query["name"].ToString();
}
