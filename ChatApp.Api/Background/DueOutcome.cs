namespace ChatApp.Api.Background;

/// <summary>What became of a piece of work.</summary>
internal enum DueOutcome
{
    /// <summary>It is done, or there is no use in it.</summary>
    Done,

    /// <summary>A part of it is done, and the rest comes next.</summary>
    More,

    /// <summary>It gave way to something more urgent, and counts as not tried.</summary>
    Later,
}
