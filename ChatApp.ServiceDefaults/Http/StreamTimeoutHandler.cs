namespace ChatApp.ServiceDefaults.Http;

/// <summary>Bounds the silence of the other side: before its headers here, after them in <see cref="TimeoutStream"/>.</summary>
internal sealed class StreamTimeoutHandler(StreamingHttpClientOptions options, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.FirstByteTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{request.RequestUri?.Authority} sent nothing within {options.FirstByteTimeout.TotalSeconds:0.###} s.", exception);
        }

        response.Content = await BoundedAsync(response.Content, cancellationToken);
        return response;
    }

    private async Task<HttpContent> BoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bounded = new StreamContent(new TimeoutStream(await content.ReadAsStreamAsync(cancellationToken), options, time));
        foreach (var (name, values) in content.Headers)
        {
            bounded.Headers.TryAddWithoutValidation(name, values);
        }

        return bounded;
    }
}
