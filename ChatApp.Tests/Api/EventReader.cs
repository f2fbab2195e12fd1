using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>Reads a turn's events as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _items = SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(HttpClient client, Guid turn, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/turns/{turn}/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event; null when the server has ended the stream.</summary>
    public async Task<TurnEventSeen?> NextAsync()
    {
        if (!await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            return null;
        }

        var item = _items.Current;
        return new TurnEventSeen(item.EventId!, item.EventType, JsonNode.Parse(item.Data)!);
    }

    /// <summary>Reads on until an event of this type, and gives all that came until then.</summary>
    public async Task<List<TurnEventSeen>> ReadUntilAsync(Func<TurnEventSeen, bool> isLast)
    {
        var events = new List<TurnEventSeen>();
        while (await NextAsync() is { } seen)
        {
            events.Add(seen);
            if (isLast(seen))
            {
                break;
            }
        }

        return events;
    }

    public Task<List<TurnEventSeen>> ReadToEndAsync() => ReadUntilAsync(static _ => false);

    public void Dispose() => _response.Dispose();
}
