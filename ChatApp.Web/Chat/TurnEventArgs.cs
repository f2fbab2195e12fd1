namespace ChatApp.Web.Chat;

/// <summary>Something happened to a turn, or to the conversation while nobody looked.</summary>
public sealed class TurnEventArgs : EventArgs
{
    /// <summary>The conversation that the script was showing.</summary>
    public Guid ConversationId { get; set; }
}
