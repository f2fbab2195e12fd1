namespace ChatApp.Api.Turns.Events;

/// <summary>A connection on which somebody follows turns.</summary>
internal interface IOpenReader
{
    /// <summary>Called about once a second, to keep the connection alive, or to see that it is not worth keeping.</summary>
    void Tick();

    /// <summary>Asks the reader to come again elsewhere, because this process stops.</summary>
    void Stop();
}
