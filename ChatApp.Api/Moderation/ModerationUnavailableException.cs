namespace ChatApp.Api.Moderation;

/// <summary>A detector that asks somebody else had no answer in time.</summary>
internal sealed class ModerationUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
