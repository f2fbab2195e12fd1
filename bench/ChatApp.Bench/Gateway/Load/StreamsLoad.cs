using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ChatApp.Bench.Gateway.Stage;

namespace ChatApp.Bench.Gateway.Load;

/// <summary>
/// Streams that begin one after the other, at even distances and whatever became of those before, and all end at about the same
/// time; in between all of them are there.
/// </summary>
internal sealed class StreamsLoad(Target target, int count, int rate)
{
    // A token that is later than twice its pace is one that a reader notices.
    private readonly Arrivals _arrivals = new(2_000_000 / rate);
    private int _failed;
    private long _lost;
    private long _repeated;
    private string? _firstFailure;

    public Arrivals Arrivals => _arrivals;

    /// <summary>Streams that did not end well.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Tokens that never came.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Tokens that came again.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>What was wrong with the first stream that failed.</summary>
    public string? FirstFailure => Volatile.Read(ref _firstFailure);

    /// <summary>Runs them.</summary>
    /// <param name="arriving">Over how long they begin.</param>
    /// <param name="holding">How long all of them are there.</param>
    /// <param name="onHold">Called when all of them have begun, and again when the first are about to end.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task RunAsync(TimeSpan arriving, TimeSpan holding, Action onHold, CancellationToken cancellationToken)
    {
        // Besides the length: for the answers to end, however late their tokens are.
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(arriving + holding + TimeSpan.FromSeconds(12));
        var clock = Stopwatch.StartNew();
        var streams = new Task[count];
        for (var i = 0; i < count; i++)
        {
            var due = arriving * i / count;
            while (clock.Elapsed < due)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
            }

            var tokens = (int)((arriving + holding - due).TotalSeconds * rate);
            streams[i] = StreamAsync(i, tokens, bound.Token);
        }

        // What beginning costs is not what being there costs.
        await UntilAsync(clock, arriving + TimeSpan.FromSeconds(1), cancellationToken);
        onHold();
        await UntilAsync(clock, arriving + holding - TimeSpan.FromSeconds(1), cancellationToken);
        onHold();
        await Task.WhenAll(streams);
    }

    private static async Task UntilAsync(Stopwatch clock, TimeSpan at, CancellationToken cancellationToken)
    {
        if (at - clock.Elapsed is { Ticks: > 0 } left)
        {
            await Task.Delay(left, cancellationToken);
        }
    }

    private async Task StreamAsync(int number, int tokens, CancellationToken cancellationToken)
    {
        var order = new TokenOrder(tokens, _arrivals);
        var reader = new AnswerReader();
        reader.Begin(order);
        string? failure = null;
        try
        {
            var request = ChatQuestion.Bytes(target, number, string.Create(CultureInfo.InvariantCulture, $"tokens={tokens} rate={rate} first=0 stamp"));
            await ReadAsync(request, reader, order, cancellationToken);
            failure = order.IsWhole ? null : $"status {reader.Status}, {order.Next} of {tokens} tokens{(order.IsBroken ? ", an error or no JSON among them" : "")}";
        }
        catch (Exception exception) when (exception is SocketException or InvalidDataException or OperationCanceledException)
        {
            failure = $"{exception.Message} after {order.Next} of {tokens} tokens";
        }

        if (failure is not null)
        {
            Interlocked.CompareExchange(ref _firstFailure, failure, null);
            Interlocked.Increment(ref _failed);
        }

        Interlocked.Add(ref _lost, order.Missing + order.Skipped);
        Interlocked.Add(ref _repeated, order.Repeated);
    }

    private async Task ReadAsync(byte[] request, AnswerReader reader, TokenOrder order, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var buffer = new byte[2048];
        var began = Arrivals.Now();
        await socket.ConnectAsync(target.Address, cancellationToken);
        await socket.SendAsync(request.AsMemory(), SocketFlags.None, cancellationToken);
        var seen = false;
        while (!reader.IsOver && await socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, cancellationToken) is > 0 and var read)
        {
            var now = Arrivals.Now();
            reader.Take(buffer.AsSpan(0, read), now);
            if (!seen && order.Count > 0)
            {
                seen = true;
                _arrivals.First.Add(now - began);
            }
        }
    }
}
