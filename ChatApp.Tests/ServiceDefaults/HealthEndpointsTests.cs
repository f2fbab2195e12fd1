using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace ChatApp.Tests.ServiceDefaults;

public sealed class HealthEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_NothingWrong_IsHealthyEverywhere()
    {
        await using var service = await ServiceHost.StartAsync();

        foreach (var path in new[] { "/health", "/alive" })
        {
            var body = await service.Client.GetFromJsonAsync<JsonElement>(path, Cancellation);
            Assert.Equal("Healthy", body.GetProperty("status").GetString());
            Assert.Equal("Healthy", body.GetProperty("checks").GetProperty("self").GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Get_CheckFails_IsUnhealthyButAlive()
    {
        await using var service = await ServiceHost.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("store", () => HealthCheckResult.Unhealthy("Start the store.")));

        using var health = await service.Client.GetAsync("/health", Cancellation);
        using var alive = await service.Client.GetAsync("/alive", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("Start the store.", await health.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.DoesNotContain("store", await alive.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CheckThrowsOrReportsAnException_KeepsItsTextOutOfTheAnswer()
    {
        const string Secret = "Password=hunter2";
        await using var service = await ServiceHost.StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("throws", () => throw new InvalidOperationException(Secret))
            .AddCheck("reports", () => HealthCheckResult.Unhealthy(Secret, new InvalidOperationException(Secret))));

        using var health = await service.Client.GetAsync("/health", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.DoesNotContain("hunter2", await health.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }
}
