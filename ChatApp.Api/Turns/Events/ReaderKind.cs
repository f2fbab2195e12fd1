namespace ChatApp.Api.Turns.Events;

/// <summary>What is counted apart.</summary>
internal enum ReaderKind
{
    /// <summary>A turn that is followed, by a stream or on a socket.</summary>
    Turn,

    /// <summary>A socket, whether or not anything is followed on it.</summary>
    Socket,
}
