using System.Diagnostics;
using ChatApp.Api.Models;
using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Turns.Running;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Has the model write the answer, and passes it on as it comes.</summary>
internal sealed class InferStage(
    ModelClients models, AnswerGuards guards, TurnTelemetry telemetry, IOptions<TurnOptions> options, TimeProvider time) : ITurnStage
{
    public string Name => "infer";

    private const string CutOff = "length";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        await using var guard = guards.For(context);
        var room = options.Value.MaxAnswerCharacters - context.Answer.State.Text.Length;
        if (context.Options.MaxOutputTokens <= 0 || room <= 0)
        {
            // Earlier attempts wrote all there may be.
            context.FinishReason = CutOff;
            context.Usage = new AnswerMeasure(context.Turn.AgeMs, context.EarlierTokens, time).ToUsage();
            await guard.EndAsync(cancellationToken);
            return;
        }

        using var origin = Origin(context).Begin();
        var writing = context.Answer.RunAsync();
        try
        {
            await ReadAsync(context, guard, room, cancellationToken);
            await guard.EndAsync(cancellationToken);
        }
        finally
        {
            // However it ended, what came is sent before anything else is.
            context.Answer.End();
            await writing;
        }
    }

    // The attempt's deadline goes on while it is recalled and assembled.
    private CallOrigin Origin(TurnContext context)
    {
        var left = options.Value.Deadline - time.GetElapsedTime(context.BegunAt);
        var patience = left < options.Value.FirstTokenTimeout ? left : options.Value.FirstTokenTimeout;
        var persona = context.Plan!.Source.Persona;
        return CallOrigin.Of(persona.UserId, context.Turn.ConversationId, patience > TimeSpan.Zero ? patience : TimeSpan.Zero) with
        {
            // Only what was recalled stays inside; what is said in this conversation goes to the model that the person talks with.
            StaysInside = persona.StaysInside && context.Recall.Memories.Count > 0,
        };
    }

    private async Task ReadAsync(TurnContext context, AnswerGuard guard, int room, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Value.FirstTokenTimeout, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, guard.Interrupted);
        var measure = new AnswerMeasure(context.Turn.AgeMs, context.EarlierTokens, time);
        try
        {
            var updates = models.For(context.Model.Name).GetStreamingResponseAsync(context.Prompt, context.Options, patience.Token);
            await foreach (var update in updates)
            {
                foreach (var content in update.Contents)
                {
                    room -= await TakeAsync(content, context, guard, measure, room, cancellationToken);
                }

                context.FinishReason = update.FinishReason?.Value ?? context.FinishReason;
                if (room <= 0)
                {
                    context.FinishReason = CutOff;
                    break;
                }

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
        catch (OperationCanceledException exception) when (guard.Block is { } block)
        {
            throw new TurnBlockedException(block, exception);
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
            context.EngineHasAnswered = measure.HasBegun;
            context.Usage = measure.ToUsage();
        }

        if (context.FinishReason is null)
        {
            // A stream that just ends is no whole answer: something between here and the model broke off, or never was a model.
            throw new TurnFailedException(TurnFailure.CutShort());
        }

        if (context.Usage?.TokensPerSecond is { } rate)
        {
            telemetry.TokenRate(rate, context.Model.Name);
        }
    }

    /// <returns>How many characters it added.</returns>
    private async ValueTask<int> TakeAsync(
        AIContent content, TurnContext context, AnswerGuard guard, AnswerMeasure measure, int room, CancellationToken cancellationToken)
    {
        if (content is UsageContent usage)
        {
            measure.Counted(usage.Details);
        }

        if (content is not TextContent { Text: { Length: > 0 } text } || room <= 0)
        {
            return 0;
        }

        if (measure.Piece() is { } firstTokenAfter)
        {
            telemetry.FirstToken(firstTokenAfter, context.Model.Name);
            Activity.Current?.AddEvent(new ActivityEvent("first token"));
        }

        var piece = text.Length <= room ? text : text[..(char.IsHighSurrogate(text[room - 1]) ? room - 1 : room)];
        await guard.WriteAsync(piece, cancellationToken);
        return text.Length;
    }
}
