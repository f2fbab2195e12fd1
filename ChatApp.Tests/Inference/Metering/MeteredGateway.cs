using System.Net.Http.Headers;
using System.Text;
using ChatApp.Inference.Models;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

/// <summary>A gateway whose model has a price, with somebody who has the admins' key.</summary>
internal sealed class MeteredGateway : IAsyncDisposable
{
    private const string AdminKey = "a-key-of-admins-for-tests";

    /// <summary>A million tokens of a prompt for 1, cached ones for 0.1, of an answer for 10.</summary>
    public static readonly TargetPrice Price = new(1m, 0.1m, 10m);

    private MeteredGateway(GatewayHost host)
    {
        Host = host;
        Admin = new HttpClient { BaseAddress = host.Client.BaseAddress };
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    public GatewayHost Host { get; }

    public HttpClient Admin { get; }

    public static async Task<MeteredGateway> StartAsync(Uri engine, params (string Key, string Value)[] settings)
    {
        var gateway = new MeteredGateway(await GatewayHost.StartAsync(engine, [("Gateway:AdminKey", AdminKey), .. settings]));
        gateway.Change(static model => model with { Targets = [.. model.Targets.Select(static target => target with { Price = Price })] });
        return gateway;
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Changes the models, as an admin does.</summary>
    public void Change(Func<ModelRoute, ModelRoute> change)
    {
        var models = Get<ModelDirectory>();
        models.Set(new ModelSnapshot(long.MaxValue / 2, models.Current.Engines, [.. models.Current.Models.Select(change)]));
    }

    /// <summary>Sends a chat on somebody's behalf.</summary>
    public async Task<HttpResponseMessage> ChatAsync(string? caller, string more = "\"stream\":true", string cache = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(
                $$"""{"messages":[{"role":"user","content":"a secret"}],"model":"{{GatewayHost.Model}}",{{more}}}""", Encoding.UTF8, "application/json"),
        };
        if (caller is not null)
        {
            request.Headers.Add("ChatApp-Caller", caller);
        }

        if (cache.Length > 0)
        {
            request.Headers.Add("ChatApp-Cache", cache);
        }

        return await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Host.DisposeAsync();
    }
}
