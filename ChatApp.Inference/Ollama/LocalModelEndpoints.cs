using System.Text.Json;
using ChatApp.Inference.Admin;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;
using OllamaSharp.Models.Exceptions;

namespace ChatApp.Inference.Ollama;

/// <summary><c>/admin/engines/{name}/local-models</c>: what an Ollama has.</summary>
internal static class LocalModelEndpoints
{
    public static void MapLocalModels(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/engines/{name}/local-models", ListAsync);
        // A model's name may contain slashes, so it is no part of the path.
        admin.MapGet("/engines/{name}/local-model", ShowAsync);
        admin.MapDelete("/engines/{name}/local-model", DeleteAsync);
    }

    private static Task ListAsync(HttpContext context, string name, ModelDirectory directory, LocalModels models) => AskAsync(
        context,
        directory,
        name,
        async engine => await context.Response.WriteAsJsonAsync(
            new AdminList<LocalModel>(await models.ListAsync(engine, context.RequestAborted)), AdminJson.Default.AdminListLocalModel, contentType: null, context.RequestAborted));

    private static Task ShowAsync(HttpContext context, string name, ModelDirectory directory, LocalModels models) => AskAboutAsync(
        context,
        directory,
        name,
        async (engine, model) =>
        {
            if (await models.FindAsync(engine, model, context.RequestAborted) is { } found)
            {
                await context.Response.WriteAsJsonAsync(found, AdminJson.Default.LocalModelDetails, contentType: null, context.RequestAborted);
                return;
            }

            await GatewayErrors.WriteAsync(context, AdminErrors.NotFound("model"));
        });

    private static Task DeleteAsync(HttpContext context, string name, ModelDirectory directory, LocalModels models) => AskAboutAsync(
        context,
        directory,
        name,
        async (engine, model) =>
        {
            if (await models.DeleteAsync(engine, model, context.RequestAborted))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            await GatewayErrors.WriteAsync(context, AdminErrors.NotFound("model"));
        });

    private static Task AskAboutAsync(HttpContext context, ModelDirectory directory, string name, Func<EngineOptions, string, Task> ask) =>
        context.Request.Query["name"].ToString() is var model && ModelName.IsOne(model)
            ? AskAsync(context, directory, name, engine => ask(engine, model))
            : GatewayErrors.WriteAsync(context, GatewayError.BadRequest("name must be a model's name, such as llama3.2:3b."));

    private static async Task AskAsync(HttpContext context, ModelDirectory directory, string name, Func<EngineOptions, Task> ask)
    {
        if (await OllamaEngine.FindAsync(context, directory, name) is not { } engine)
        {
            return;
        }

        try
        {
            await ask(engine);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or JsonException or OllamaException or NotSupportedException)
        {
            await GatewayErrors.WriteAsync(context, OllamaEngine.Unavailable(engine, exception));
        }
    }
}
