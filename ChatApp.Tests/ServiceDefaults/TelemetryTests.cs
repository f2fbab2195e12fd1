using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace ChatApp.Tests.ServiceDefaults;

public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithACollector_TracesMetricsAndLogsArriveThere_AndHealthLeavesNoSpan()
    {
        var received = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var collector = await LoopbackServer.StartAsync(async context =>
        {
            // Protobuf keeps text as it is, which is all that is looked for here.
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var text = Encoding.UTF8.GetString(body.ToArray());
            received.AddOrUpdate(context.Request.Path.Value!, text, (_, before) => before + text);
        });
        using var source = new ActivitySource("ChatApp.Tests.Telemetry");
        using var meter = new Meter("ChatApp.Tests.Telemetry");

        await using (var service = await ServiceHost.StartAsync(
            static builder => builder.Logging.SetMinimumLevel(LogLevel.Warning),
            app => app.MapGet("/things/{id}", (string id, ILogger<TelemetryTests> logger) =>
            {
                using var span = source.StartActivity("own-span");
                meter.CreateCounter<int>("own_counter").Add(1);
#pragma warning disable CA2254 // Only the arrival of the text matters here.
                logger.LogWarning($"own log of {id}");
#pragma warning restore CA2254
            }),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.GetLeftPart(UriPartial.Authority)),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "the-service")))
        {
            using var work = await service.Client.GetAsync("/things/7", Cancellation);
            using var health = await service.Client.GetAsync("/health", Cancellation);
            using var alive = await service.Client.GetAsync("/alive", Cancellation);
            work.EnsureSuccessStatusCode();
            service.Services.GetRequiredService<TracerProvider>().ForceFlush(5000);
            service.Services.GetRequiredService<MeterProvider>().ForceFlush(5000);
        }

        var traces = received["/v1/traces"];
        Assert.Contains("own-span", traces, StringComparison.Ordinal);
        Assert.Contains("GET /things/{id}", traces, StringComparison.Ordinal);
        Assert.Contains("the-service", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /health", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /alive", traces, StringComparison.Ordinal);
        Assert.Contains("own_counter", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("own log of 7", received["/v1/logs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_CollectorThatIsGone_IsNotWaitedFor(bool listens)
    {
        // One that takes connections and never answers, or one that refuses them.
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var address = $"http://{collector.LocalEndpoint}";
        if (!listens)
        {
            collector.Stop();
        }

        using var source = new ActivitySource("ChatApp.Tests.Unheard");
        await using var service = await ServiceHost.StartAsync(
            static builder => builder.Logging.SetMinimumLevel(LogLevel.Warning),
            app => app.MapGet("/things", (ILogger<TelemetryTests> logger) =>
            {
                using var span = source.StartActivity("own-span");
#pragma warning disable CA2254 // Something to send.
                logger.LogWarning("own log");
#pragma warning restore CA2254
            }),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"));
        using var work = await service.Client.GetAsync("/things", Cancellation);
        work.EnsureSuccessStatusCode();

        var clock = Stopwatch.StartNew();
        await service.DisposeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task WithoutACollector_NothingListens()
    {
        using var source = new ActivitySource("ChatApp.Tests.Silent");
        await using var service = await ServiceHost.StartAsync();

        Assert.Null(service.Services.GetService<TracerProvider>());
    }

    [Fact]
    public async Task OneTrace_ReachesFromTheCallerThroughTheGatewayToTheEngine()
    {
        var seen = string.Empty;
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            seen = context.Request.Headers.TraceParent.ToString();
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        await using var site = await ServiceHost.StartAsync(
            static builder => builder.Services.AddHttpClient("gateway").AddStreamingDefaults(),
            app => app.MapGet("/ask", async (IHttpClientFactory clients) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Client.BaseAddress!, "/v1/chat/completions")) { Content = GatewayHost.ChatBody() };
                request.Headers.Authorization = gateway.Client.DefaultRequestHeaders.Authorization;
                using var answer = await clients.CreateClient("gateway").SendAsync(request, Cancellation);
                return Activity.Current!.TraceId.ToString();
            }));

        var traceId = await site.Client.GetStringAsync("/ask", Cancellation);

        Assert.StartsWith($"00-{traceId}-", seen, StringComparison.Ordinal);
    }
}
