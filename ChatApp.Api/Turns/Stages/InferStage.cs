using System.Diagnostics;
using ChatApp.Api.Models;
using ChatApp.Api.Turns.Running;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Has the model write the answer, and passes it on as it comes.</summary>
internal sealed class InferStage(ModelClients models, TurnTelemetry telemetry, IOptions<TurnOptions> options, TimeProvider time) : ITurnStage
{
    public string Name => "infer";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var writing = context.Answer.RunAsync();
        try
        {
            await ReadAsync(context, cancellationToken);
        }
        finally
        {
            // However it ended, what came is sent before anything else is.
            context.Answer.End();
            await writing;
        }
    }

    private async Task ReadAsync(TurnContext context, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Value.FirstTokenTimeout, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var measure = new AnswerMeasure(context.Turn.AgeMs, time);
        try
        {
            var updates = models.For(context.Model.Name).GetStreamingResponseAsync(context.Prompt, context.Options, patience.Token);
            await foreach (var update in updates)
            {
                foreach (var content in update.Contents)
                {
                    Take(content, context, measure);
                }

                context.FinishReason = update.FinishReason?.Value ?? context.FinishReason;
                if (measure.HasBegun)
                {
                    silence.CancelAfter(options.Value.TokenTimeout);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new TurnFailedException(
                TurnFailure.TimedOut(measure.HasBegun ? "The engine went silent in mid-answer." : "No first token in time."), exception);
        }
        catch (Exception exception) when (EngineFailure.From(exception) is { } failure)
        {
            throw new TurnFailedException(failure, exception);
        }
        finally
        {
            context.Usage = measure.ToUsage();
        }

        if (context.Usage?.TokensPerSecond is { } rate)
        {
            telemetry.TokenRate(rate, context.Model.Name);
        }
    }

    private void Take(AIContent content, TurnContext context, AnswerMeasure measure)
    {
        switch (content)
        {
            case TextContent { Text.Length: > 0 } text:
                if (measure.Piece() is { } firstTokenAfter)
                {
                    telemetry.FirstToken(firstTokenAfter, context.Model.Name);
                    Activity.Current?.AddEvent(new ActivityEvent("first token"));
                }

                context.Answer.Write(text.Text);
                break;
            case UsageContent usage:
                measure.Counted(usage.Details);
                break;
        }
    }
}
