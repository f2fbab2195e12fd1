using ChatApp.Inference.Admin;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Makes the changes of admins: each is checked against all that there is, kept, and in force here at once.</summary>
internal sealed partial class ModelChanges(IModelStore store, GatewayStorage storage, ChangeRules rules, ModelDirectory directory, ILogger<ModelChanges> logger)
{
    /// <summary>Makes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="expectedVersion">The version that the admin saw; null when that does not matter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it was refused; null when it was made.</returns>
    public async Task<GatewayError?> ApplyAsync(StoredChange change, long? expectedVersion, CancellationToken cancellationToken)
    {
        if (storage is { IsConfigured: true, IsReady: false })
        {
            return AdminErrors.StorageUnavailable;
        }

        StoredOutcome outcome;
        try
        {
            outcome = await store.ChangeAsync(
                change,
                stored => expectedVersion is { } version && version != stored.Version ? AdminErrors.ChangedMeanwhile : rules.Judge(stored, change),
                cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            LogNotKept(exception.Message);
            return AdminErrors.StorageUnavailable;
        }

        if (outcome.Refusal is null)
        {
            directory.Apply(outcome.Stored);
        }

        return outcome.Refusal;
    }

    [LoggerMessage(LogLevel.Warning, "A change of the models was not kept: {Reason}")]
    private partial void LogNotKept(string reason);
}
