using System.ClientModel;
using System.Collections.Concurrent;
using System.Text;
using ChatApp.Api.Database;
using ChatApp.Api.Models;
using ChatApp.Api.Turns.Running;
using Microsoft.Extensions.AI;
using Npgsql;

namespace ChatApp.Api.Background;

/// <summary>
/// Asks a model for what nobody waits for: one question at a time a process, within a deadline, and not while somebody waits for an answer.
/// </summary>
internal sealed class BackgroundModel(ModelClients models, NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    private const string TurnsActive = "SELECT EXISTS (SELECT FROM turns WHERE status IN ('queued', 'running'))";

    // Where turns never end, what has waited this long goes beside them: it is one question, and they are many.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // What the gateway asks for, within reason: an administrator may raise a budget.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ConcurrentDictionary<CallOrigin, long> _restsUntil = new();

    /// <summary>Whether a question that has waited this long may be asked now.</summary>
    public async Task<bool> IsFreeAsync(CallOrigin origin, TimeSpan waited, CancellationToken cancellationToken) =>
        (!_restsUntil.TryGetValue(origin, out var until) || time.GetTimestamp() >= until)
        && (waited >= Patience || !await database.FirstOrDefaultAsync<bool>(TurnsActive, null, cancellationToken));

    /// <summary>Asks the model.</summary>
    /// <param name="origin">On whose behalf.</param>
    /// <param name="model">The model.</param>
    /// <param name="question">What it is asked.</param>
    /// <param name="maxTokens">Tokens that it may answer.</param>
    /// <param name="waited">How long the question has waited.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it answered; null when somebody needed the model or the gateway put it off, and it is to be asked again.</returns>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="IOException">Its answer broke off.</exception>
    public async Task<string?> AskAsync(CallOrigin origin, ModelProfile model, string question, int maxTokens, TimeSpan waited, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var asking = (origin with { Patience = Deadline }).Begin();
        var giveWay = waited < Patience ? GiveWayAsync(stopping) : Task.FromResult(false);
        try
        {
            return await ReadAsync(model, question, maxTokens, stopping.Token);
        }
        catch (ClientResultException exception) when (RestAfter(exception) is { } rest)
        {
            // Its budget is used up, or no engine has time: that is no failure of what is asked.
            _restsUntil[origin] = time.GetTimestamp() + (long)(rest.TotalSeconds * time.TimestampFrequency);
            return null;
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException("The model took too long.", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await stopping.CancelAsync();
            await giveWay;
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static TimeSpan? RestAfter(ClientResultException exception) =>
        EngineFailure.From(exception) is { RetryAfter: { } rest } failure && (failure.IsEngineAway || failure.Code == TurnFailure.BudgetExceeded)
            ? rest < LongestRest ? rest : LongestRest
            : null;

    private async Task<string> ReadAsync(ModelProfile model, string question, int maxTokens, CancellationToken cancellationToken)
    {
        // An engine that does not keep to its tokens is not read for ever.
        var maxCharacters = maxTokens * 16;
        var options = new ChatOptions { MaxOutputTokens = maxTokens, Temperature = 0 };
        var answer = new StringBuilder();
        var ended = false;
        await foreach (var update in models.For(model.Name).GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)], options, cancellationToken))
        {
            answer.Append(update.Text);
            ended |= update.FinishReason is not null;
            if (answer.Length > maxCharacters)
            {
                return answer.ToString();
            }
        }

        // Half a fact may say the opposite of the whole.
        return ended ? answer.ToString() : throw new IOException("The model's answer ended without a finish reason.");
    }

    private async Task<bool> GiveWayAsync(CancellationTokenSource asking)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(asking.Token))
            {
                if (await database.FirstOrDefaultAsync<bool>(TurnsActive, null, asking.Token))
                {
                    await asking.CancelAsync();
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or NpgsqlException)
        {
            // It was answered, or nobody can tell who waits.
        }

        return false;
    }
}
