using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Turns.Events;

/// <summary>A connection on which somebody follows turns.</summary>
internal interface IOpenReader
{
    /// <summary>What the reader was let in by.</summary>
    AccessPass Access { get; }

    /// <summary>Called about once a second, to keep the connection alive, or to see that it is not worth keeping.</summary>
    void Tick();

    /// <summary>Closes the connection, because what the reader was let in by has ended.</summary>
    void End();

    /// <summary>Asks the reader to come again elsewhere, because this process stops.</summary>
    void Stop();
}
