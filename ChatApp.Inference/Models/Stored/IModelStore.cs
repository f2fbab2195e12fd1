using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Where the engines and models of admins are kept.</summary>
internal interface IModelStore
{
    /// <summary>The version of what is kept, which is cheap to ask for.</summary>
    Task<long> VersionAsync(CancellationToken cancellationToken);

    /// <summary>All that is kept.</summary>
    Task<StoredModels> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes a change; no other is made meanwhile, by whichever process.</summary>
    /// <param name="change">The change.</param>
    /// <param name="judge">Asked with what is kept before it; says why the change must not be made, or null.</param>
    /// <param name="cancellationToken">Ends the wait; the change is then made whole or not at all.</param>
    Task<StoredOutcome> ChangeAsync(StoredChange change, Func<StoredModels, GatewayError?> judge, CancellationToken cancellationToken);
}
