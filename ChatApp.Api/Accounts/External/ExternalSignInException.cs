namespace ChatApp.Api.Accounts.External;

/// <summary>Signing in elsewhere came to nothing. The message is for the log; what people are told follows from the reason.</summary>
internal sealed class ExternalSignInException(ExternalFailure reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExternalFailure Reason => reason;
}
