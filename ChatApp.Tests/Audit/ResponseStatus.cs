using System.Net;
using Xunit;

namespace ChatApp.Tests.Audit;

/// <summary>Answers of which only the status is asked.</summary>
internal static class ResponseStatus
{
    public static async Task StatusAsync(this Task<HttpResponseMessage> sent, HttpStatusCode expected)
    {
        using var response = await sent;
        Assert.True(
            response.StatusCode == expected,
            $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}
