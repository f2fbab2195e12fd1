namespace ChatApp.Tests.StandIns;

/// <summary>The far end of an HttpClient, played by a test.</summary>
internal sealed class AnsweringHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await answer(request, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}
