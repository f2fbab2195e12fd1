namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>An upload that is refused; the message is for who sent it.</summary>
internal sealed class UploadException(int statusCode, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
}
