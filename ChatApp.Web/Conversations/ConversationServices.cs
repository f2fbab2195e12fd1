namespace ChatApp.Web.Conversations;

/// <summary>Registers what the pages know of a user's conversations.</summary>
internal static class ConversationServices
{
    /// <summary>Adds the feed: one for each circuit, shared by the sidebar and the pages beside it.</summary>
    public static void AddConversations(this IServiceCollection services) => services.AddScoped<ConversationFeed>();
}
