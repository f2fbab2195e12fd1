namespace ChatApp.Api.Turns.Running;

/// <summary>Why a running turn was interrupted.</summary>
internal enum StopReason
{
    None,

    /// <summary>Its person wants no more of it.</summary>
    Cancelled,

    /// <summary>Another worker has it, or its conversation was deleted: nothing may be written any more.</summary>
    LeaseLost,

    /// <summary>This process stops.</summary>
    Released,

    /// <summary>It took too long.</summary>
    Deadline,
}
