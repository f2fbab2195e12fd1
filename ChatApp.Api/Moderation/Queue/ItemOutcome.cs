namespace ChatApp.Api.Moderation.Queue;

/// <summary>What became of a wish to change an item.</summary>
internal enum ItemOutcome
{
    Done,

    /// <summary>There is no such item, or not for this person.</summary>
    NoItem,

    /// <summary>Somebody has decided it already, or it cannot be decided.</summary>
    Decided,

    /// <summary>It was appealed already.</summary>
    Appealed,

    /// <summary>Nobody can be kept out for it, or not by this moderator.</summary>
    NoBan,
}
