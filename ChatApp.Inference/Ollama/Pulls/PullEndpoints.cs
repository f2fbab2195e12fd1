using ChatApp.Inference.Admin;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;
using Npgsql;

namespace ChatApp.Inference.Ollama.Pulls;

/// <summary><c>/admin/pulls</c>: models on their way to engines.</summary>
internal static class PullEndpoints
{
    public static void MapPulls(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/engines/{name}/pulls", BeginAsync);
        admin.MapGet("/pulls", (HttpContext context, ModelPulls pulls) => AskAsync(context, async () => await context.Response.WriteAsJsonAsync(
            new AdminList<Pull>(await pulls.ListAsync(context.RequestAborted)), AdminJson.Default.AdminListPull, contentType: null, context.RequestAborted)));
        admin.MapGet("/pulls/{id:guid}", (HttpContext context, Guid id, ModelPulls pulls) => AskAsync(context, async () =>
            await WriteAsync(context, await pulls.FindAsync(id, context.RequestAborted))));
        admin.MapDelete("/pulls/{id:guid}", (HttpContext context, Guid id, ModelPulls pulls) => AskAsync(context, async () =>
        {
            if (!await pulls.CancelAsync(id, context.RequestAborted))
            {
                await GatewayErrors.WriteAsync(context, AdminErrors.NotFound("pull"));
                return;
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }));
        admin.MapGet("/pulls/{id:guid}/events", (HttpContext context, Guid id, PullEvents events) => AskAsync(context, () => events.WriteAsync(context, id)));
    }

    private static async Task BeginAsync(HttpContext context, string name, ModelDirectory directory, ModelPulls pulls)
    {
        if (await OllamaEngine.FindAsync(context, directory, name) is not { } engine
            || await AdminBody.ReadAsync(context, AdminJson.Default.PullRequest) is not { } body)
        {
            return;
        }

        if (!ModelName.IsOne(body.Model))
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest("model must be a model's name, such as llama3.2:3b."));
            return;
        }

        var (pull, isNew, refusal) = await pulls.BeginAsync(engine, body.Model, context.RequestAborted);
        if (refusal is not null)
        {
            await GatewayErrors.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        await WriteAsync(context, pull);
    }

    private static Task WriteAsync(HttpContext context, Pull? pull) => pull is null
        ? GatewayErrors.WriteAsync(context, AdminErrors.NotFound("pull"))
        : context.Response.WriteAsJsonAsync(pull, AdminJson.Default.Pull, contentType: null, context.RequestAborted);

    private static async Task AskAsync(HttpContext context, Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            await GatewayErrors.WriteAsync(context, AdminErrors.StorageUnavailable);
        }
    }
}
