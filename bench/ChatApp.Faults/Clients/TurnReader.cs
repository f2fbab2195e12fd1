using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ChatApp.Faults.Judging;

namespace ChatApp.Faults.Clients;

/// <summary>Reads a turn's events over as many connections as it takes.</summary>
internal sealed class TurnReader(ApiNodes nodes, History history, AuthenticationHeaderValue token, ReaderStyle style)
{
    // The server says something every 15 seconds.
    private static readonly TimeSpan SilencePatience = TimeSpan.FromSeconds(40);

    private readonly Random _dice = new(style.Seed);

    public async Task<ReaderHistory> FollowAsync(ReaderHistory reader, CancellationToken cancellationToken)
    {
        try
        {
            while (!await ConnectAsync(reader, cancellationToken))
            {
                await Task.Delay(style.Pause, cancellationToken);
            }

            reader.HasEnded = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever waits no longer is told by the judge what is missing.
        }

        return reader;
    }

    /// <summary>Reads until the connection ends.</summary>
    /// <returns>Whether there is no reason to come back.</returns>
    private async Task<bool> ConnectAsync(ReaderHistory reader, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(SilencePatience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nodes.Next(), $"/api/turns/{reader.Turn}/events"));
            request.Headers.Authorization = token;
            if (reader.LastId is { } last)
            {
                request.Headers.Add("Last-Event-ID", last);
            }

            reader.Connections++;
            var http = style.BytesPerSecond is null ? nodes.Http : nodes.SlowHttp;
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK:
                    return await ReadAsync(reader, response, silence);
                case HttpStatusCode.NoContent:
                    reader.NothingMore = true;
                    return true;
                case HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound:
                    reader.Refused = (int)response.StatusCode;
                    return true;
                default:
                    return false;
            }
        }
        catch (Exception exception) when (ChatClient.IsBroken(exception, cancellationToken))
        {
            return false;
        }
    }

    private async Task<bool> ReadAsync(ReaderHistory reader, HttpResponseMessage response, CancellationTokenSource silence)
    {
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        await using var stream = style.BytesPerSecond is { } rate ? new ThrottledStream(body, rate) : body;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(silence.Token))
        {
            silence.CancelAfter(SilencePatience);
            if (Parse(item) is not { } seen)
            {
                reader.Garbage = $"{item.EventType} {item.EventId} {item.Data}";
                return true;
            }

            reader.Take(seen);
            if (style.CutChance > 0 && !seen.IsTerminal && _dice.NextDouble() < style.CutChance)
            {
                return false;
            }
        }

        return reader.Events is [.., { IsTerminal: true }];
    }

    private SeenEvent? Parse(SseItem<string> item)
    {
        if (SeenEvent.ParseId(item.EventId) is not var (seq, offset))
        {
            return null;
        }

        try
        {
            using var data = JsonDocument.Parse(item.Data);
            var text = item.EventType is "delta" ? data.RootElement.GetProperty("text").GetString()! : "";
            return new SeenEvent(history.Now, seq, offset, item.EventType, text);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
