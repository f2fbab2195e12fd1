using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using ChatApp.Api.Turns.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>How connections end that nobody closes.</summary>
public sealed class OpenReaderTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ReaderTakesNothingForAMinute_IsAborted()
    {
        var context = new DefaultHttpContext();
        using var connection = new StuckConnection();
        context.Features.Set<IHttpResponseBodyFeature>(connection);
        context.Features.Set<IHttpRequestLifetimeFeature>(connection);
        var turn = new TurnRow { Status = TurnStatus.Completed, EventSeq = 3, Text = new string('x', 10_000) };
        using var cutoffs = new AccessCutoffs(null!, null!, _time);
        using var readers = new OpenReaders(cutoffs, _time);
        var stream = new TurnEventStream(turn, EventCursor.Start, new MemoryStream(), default, new TurnFeeds(null!, null!, _time), readers, _time);
        var running = stream.ExecuteAsync(context);

        _time.Advance(TimeSpan.FromSeconds(59));
        stream.Tick();
        Assert.False(connection.RequestAborted.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(2));
        stream.Tick();

        Assert.True(connection.RequestAborted.IsCancellationRequested);
        await running.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    [Fact]
    public async Task Socket_TokenHasEnded_IsClosedWith1008()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Cancelled);
        using var accepted = await listener.AcceptTcpClientAsync(Cancelled);
        using var theirs = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions());
        using var ours = WebSocket.CreateFromStream(accepted.GetStream(), new WebSocketCreationOptions { IsServer = true });
        using var socket = new TurnSocket(ours, new AccessPass(Guid.NewGuid(), 0, Guid.NewGuid(), 0, _time.GetUtcNow().AddHours(1)), null!, _time);
        using var cutoffs = new AccessCutoffs(null!, null!, _time);
        using var readers = new OpenReaders(cutoffs, _time);
        readers.Add(socket);
        var running = socket.RunAsync();

        readers.Look();
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromHours(2));
        readers.Look();

        var received = await theirs.ReceiveAsync(new byte[100], Cancelled).WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, theirs.CloseStatus);
        await theirs.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        await running.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    /// <summary>A client that holds the connection and reads nothing.</summary>
    private sealed class StuckConnection : IHttpResponseBodyFeature, IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1024, resumeWriterThreshold: 512));
        private readonly CancellationTokenSource _aborted = new();

        public Stream Stream => Writer.AsStream();

        public PipeWriter Writer => _pipe.Writer;

        public CancellationToken RequestAborted
        {
            get => _aborted.Token;
            set => throw new NotSupportedException();
        }

        public void Abort()
        {
            _aborted.Cancel();
            _pipe.Reader.Complete();
        }

        public void Dispose() => _aborted.Dispose();

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task CompleteAsync() => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
