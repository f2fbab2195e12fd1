using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.ServiceDefaults;

public sealed class ErrorDefaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Problem_NamesTheTraceOfTheRequest()
    {
        await using var service = await ServiceHost.StartAsync(map: app => app.MapGet("/fail", () => TypedResults.Problem("no", statusCode: 418)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fail");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode)418, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", problem.GetProperty("traceId").GetString());
        Assert.False(response.Headers.Contains("Server"));
    }
}
