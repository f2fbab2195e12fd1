using System.Globalization;
using Microsoft.Extensions.Options;

namespace ChatApp.EngineSimulator;

internal static class SimulatorEndpoints
{
    public static void MapSimulator(this WebApplication app)
    {
        app.MapPost("/v1/chat/completions", CompleteAsync);
        app.MapGet("/v1/models", static (IOptions<SimulatorOptions> options) =>
            Results.Json(new { @object = "list", data = new[] { new { id = options.Value.Model, @object = "model", created = 0, owned_by = "simulator" } } }));
        app.MapGet("/health", static () => Results.Json(new { status = "ok" }));
        app.MapGet("/simulator", static (SimulatorState state) => Results.Json(state.Report, SimulatorJson.Default.SimulatorReport));
        app.MapGet("/simulator/calls", static (string id, SimulatorState state) => Results.Json(state.CallsFor(id), SimulatorJson.Default.SimulatorCalls));
    }

    private static async Task CompleteAsync(
        HttpContext context, SimulatorState state, TokenWheel wheel, IOptions<SimulatorOptions> options, TimeProvider time)
    {
        if (await ChatRequest.ReadAsync(context.Request.Body, context.RequestAborted) is not { Streams: true } request)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The simulator answers chat completions with \"stream\": true.");
            return;
        }

        var question = SimulatedQuestion.Parse(request.Question);
        var call = state.Called(question.Id, request.Prefix.Length);
        var fault = call <= question.Faults ? question.Fault : null;
        if (fault is Fault.Error)
        {
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, "The simulator was asked to fail.");
            return;
        }

        if (fault is Fault.Html)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<!doctype html><title>Login</title><p>data: {}</p>");
            return;
        }

        if (Plan(request, question, fault, options.Value, time) is not { } plan)
        {
            state.RefusedPrefix();
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The last message is not the beginning of the answer.");
            return;
        }

        state.Started();
        try
        {
            await new AnswerStream(context, plan, wheel, time).RunAsync();
        }
        finally
        {
            state.Ended(context.RequestAborted.IsCancellationRequested && plan.Fault is not Fault.ResetMid);
        }
    }

    private static AnswerPlan? Plan(ChatRequest request, SimulatedQuestion question, string? fault, SimulatorOptions options, TimeProvider time)
    {
        var answer = SimulatedAnswer.For(request.Question, options.Tokens);
        // Stamped answers are never the same twice, so there is nothing to compare a beginning with but its length.
        var at = question.Stamp ? (request.Prefix.Count(static c => c == ';'), 0) : answer.After(request.Prefix);
        if (at is not var (first, said))
        {
            return null;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"sim-{Guid.NewGuid():N}");
        var created = time.GetUtcNow().ToUnixTimeSeconds();
        var end = Math.Min(answer.Count, request.MaxTokens < answer.Count - first ? first + request.MaxTokens : answer.Count);
        return new AnswerPlan(
            answer,
            first,
            said,
            end,
            TimeSpan.FromMilliseconds(question.FirstMs ?? options.FirstTokenMs),
            TimeSpan.FromSeconds(1 / (question.Rate ?? options.TokensPerSecond)),
            fault,
            question.Stamp,
            ChunkWriter.Head(id, created, options.Model),
            request.WantsUsage ? ChunkWriter.Usage(id, created, options.Model, request.Question.Length / 4, end - first) : null);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { error = new { message, type = "simulated", code = status } });
    }
}
