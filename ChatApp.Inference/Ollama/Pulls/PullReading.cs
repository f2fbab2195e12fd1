using System.Text.Json;
using OllamaSharp;
using OllamaSharp.Models;
using OllamaSharp.Models.Exceptions;

namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Has an engine pull a model, and follows what it tells.</summary>
internal sealed class PullReading(OllamaClients clients)
{
    private const int MaximumText = 300;
    private const string Again = "Begin it again: it goes on where it stopped.";

    /// <summary>Pulls until the end; never throws.</summary>
    /// <returns>How it ended, without the time.</returns>
    public async Task<Pull> RunAsync(RunningPull running)
    {
        var token = running.Cancellation.Token;
        try
        {
            return await ReadAsync(running, token)
                ? running.Current with { Status = PullStatus.Succeeded, Completed = running.Current.Total }
                : Failed(running, $"The engine stopped telling of it before it was complete. {Again}");
        }
#pragma warning disable CA1031 // Whatever it is, the pull has ended, and says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return token.IsCancellationRequested ? Ended(running) : Failed(running, Reason(running, exception));
        }
    }

    /// <summary>How one stands that was ended from here.</summary>
    public static Pull Ended(RunningPull running) => running.EndedBy is PullStatus.Cancelled
        ? running.Current with { Status = PullStatus.Cancelled }
        : Failed(running, $"The gateway was stopped. {Again}");

    private async Task<bool> ReadAsync(RunningPull running, CancellationToken cancellationToken)
    {
        using var client = clients.ForPull(running.Engine, cancellationToken);
        var layers = new PullLayers();
        var isComplete = false;
        await foreach (var told in new OllamaApiClient(client).PullModelAsync(new PullModelRequest { Model = running.Current.Model, Stream = true }, cancellationToken))
        {
            if (told is null)
            {
                continue;
            }

            layers.Tell(told.Digest, told.Completed, told.Total);
            isComplete = told.Status == "success";
            running.Set(running.Current with { Detail = Text(told.Status), Completed = layers.Completed, Total = layers.Total });
        }

        cancellationToken.ThrowIfCancellationRequested();
        return isComplete;
    }

    private static Pull Failed(RunningPull running, string error) => running.Current with { Status = PullStatus.Failed, Error = error };

    private static string Reason(RunningPull running, Exception exception) => exception switch
    {
        OllamaException or ResponseError => $"The engine says: {Text(exception.Message)}",
        TimeoutException => $"The engine told nothing of it for too long (Gateway:Pulls:IdleTimeout). {Again}",
        HttpRequestException { StatusCode: null } or IOException => $"The connection to the engine broke. {Again}",
        HttpRequestException or JsonException => OllamaEngine.Unavailable(running.Engine, exception).Message,
        _ => $"The gateway failed ({exception.GetType().Name}). {Again}",
    };

    // What an engine says is shown to admins and kept: one line, and not without end.
    private static string Text(string? text) =>
        string.Create(Math.Min(text?.Length ?? 0, MaximumText), text, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(text![i]) ? ' ' : text[i];
            }
        });
}
