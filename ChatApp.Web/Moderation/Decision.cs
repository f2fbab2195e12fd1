using ChatApp.Web.Api;

namespace ChatApp.Web.Moderation;

/// <summary>What was decided about an item, and in words what came of it.</summary>
public sealed record Decision(ModerationItem Item, string Words);
