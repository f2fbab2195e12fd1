using System.Buffers;

namespace ChatApp.EngineSimulator;

/// <summary>One answer on its way. The wheel has it go on; in between it costs nothing but its place there.</summary>
internal sealed class AnswerStream(HttpContext context, AnswerPlan plan, TokenWheel wheel, TimeProvider time)
{
    private static readonly TimeSpan ByteInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _begun;
    private int _index = plan.First;
    private ReadOnlyMemory<byte> _bytes;
    private bool _isBusy;
    private bool _isOver;

    /// <summary>Answers until the end, or until the caller leaves.</summary>
    public async Task RunAsync()
    {
        await using var leaving = context.RequestAborted.UnsafeRegister(static state => ((AnswerStream)state!).Leave(), this);
        _begun = wheel.Now;
        if (plan.Fault is not Fault.HangFirst)
        {
            context.Response.ContentType = "text/event-stream";
            if (plan.FirstDelay == TimeSpan.Zero && plan.Fault is not Fault.Slow)
            {
                // At once: the wheel's next moment may be some milliseconds away.
                await GoOnAsync();
            }
            else
            {
                await context.Response.StartAsync();
                await context.Response.BodyWriter.FlushAsync();
                _bytes = plan.Fault is Fault.Slow ? AllBytes() : default;
                wheel.Schedule(this, _begun + plan.FirstDelay);
            }
        }

        await _ended.Task;
    }

    /// <summary>Says what is due.</summary>
    public void GoOn() => _ = GoOnAsync();

    private async Task GoOnAsync()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isBusy = true;
        }

        var next = TimeSpan.MaxValue;
        try
        {
            next = await SayAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection is gone.
            _isOver = true;
        }

        lock (_gate)
        {
            _isBusy = false;
            if (_isOver)
            {
                _ended.TrySetResult();
                return;
            }
        }

        if (next != TimeSpan.MaxValue)
        {
            wheel.Schedule(this, next);
        }
    }

    /// <summary>Writes what is due, and gives the time of the next; never, when the caller is left to wait.</summary>
    private async ValueTask<TimeSpan> SayAsync()
    {
        var body = context.Response.BodyWriter;
        if (plan.Fault is Fault.Slow)
        {
            body.Write(_bytes.Span[..1]);
            await body.FlushAsync();
            _bytes = _bytes[1..];
            _isOver |= _bytes.IsEmpty;
            return wheel.Now + ByteInterval;
        }

        var until = plan.Fault is null ? plan.End : plan.Middle;
        while (_index < until && DueAt(_index) <= wheel.Now)
        {
            WriteToken(body, _index++);
        }

        if (_index < until)
        {
            await body.FlushAsync();
            return DueAt(_index);
        }

        switch (plan.Fault)
        {
            case null:
                ChunkWriter.Finish(body, plan.Head, plan.FinishReason, plan.Usage);
                break;
            case Fault.Malformed:
                body.Write(plan.Head);
                body.Write("{\"content\":\"bro\n\ndata: [DONE]\n\n"u8);
                break;
        }

        await body.FlushAsync();
        switch (plan.Fault)
        {
            case Fault.HangMid:
                return TimeSpan.MaxValue;
            case Fault.ResetMid:
                // What was written is on its way before the connection goes.
                await Task.Delay(TimeSpan.FromMilliseconds(20), time);
                context.Abort();
                break;
        }

        _isOver = true;
        return TimeSpan.MaxValue;
    }

    private TimeSpan DueAt(int index) => _begun + plan.FirstDelay + (plan.Interval * (index - plan.First));

    private void WriteToken(IBufferWriter<byte> output, int index)
    {
        if (index == plan.First)
        {
            ChunkWriter.Role(output, plan.Head);
        }

        if (plan.Stamp)
        {
            ChunkWriter.Stamp(output, plan.Head, time.GetUtcNow(), index);
        }
        else if (index == plan.First && plan.Said > 0)
        {
            ChunkWriter.Text(output, plan.Head, SimulatedAnswer.Vocabulary[plan.Answer.WordAt(index)][plan.Said..]);
        }
        else
        {
            ChunkWriter.Word(output, plan.Head, plan.Answer.WordAt(index));
        }
    }

    private ReadOnlyMemory<byte> AllBytes()
    {
        var all = new ArrayBufferWriter<byte>();
        for (var i = plan.First; i < plan.End; i++)
        {
            WriteToken(all, i);
        }

        ChunkWriter.Finish(all, plan.Head, plan.FinishReason, plan.Usage);
        return all.WrittenMemory;
    }

    private void Leave()
    {
        lock (_gate)
        {
            _isOver = true;
            if (!_isBusy)
            {
                _ended.TrySetResult();
            }
        }
    }
}
