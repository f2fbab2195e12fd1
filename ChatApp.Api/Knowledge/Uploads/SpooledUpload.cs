namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>A file that was sent, on disk until it is in the database.</summary>
/// <param name="Name">Its clean name.</param>
/// <param name="Content">Its bytes, from the beginning; gone when it is disposed.</param>
/// <param name="Sha256">What they hash to.</param>
internal sealed record SpooledUpload(string Name, FileStream Content, byte[] Sha256) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
