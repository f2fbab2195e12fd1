namespace ChatApp.Inference.Ollama;

/// <summary>
/// Makes the reading of an answer end with a token, at once: the client library looks at its token between two lines only, and an engine
/// that verifies a large model writes none for minutes.
/// </summary>
internal sealed class PullHandler(HttpMessageHandler inner, CancellationToken cancelled) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var content = new StreamContent(new PullStream(await response.Content.ReadAsStreamAsync(cancellationToken), cancelled));
        foreach (var (name, values) in response.Content.Headers)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = content;
        return response;
    }
}
