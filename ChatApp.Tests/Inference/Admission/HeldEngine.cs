using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Admission;

/// <summary>An engine that answers when it is told to, and counts how many calls it has at once.</summary>
internal sealed class HeldEngine : IAsyncDisposable
{
    private readonly SemaphoreSlim _go = new(0);
    private LoopbackServer _server = null!;
    private int _inside;
    private int _most;
    private int _calls;

    public int Inside => Volatile.Read(ref _inside);

    public int Most => Volatile.Read(ref _most);

    public int Calls => Volatile.Read(ref _calls);

    public string Address => _server.Address.GetLeftPart(UriPartial.Authority);

    public static async Task<HeldEngine> StartAsync()
    {
        var engine = new HeldEngine();
        engine._server = await LoopbackServer.StartAsync(engine.AnswerAsync);
        return engine;
    }

    /// <summary>Lets so many calls be answered.</summary>
    public void LetGo(int calls = 1) => _go.Release(calls);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _go.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Method != HttpMethods.Post)
        {
            await EngineAnswer.WriteJsonAsync(context, """{"status":"ok"}""");
            return;
        }

        Interlocked.Increment(ref _calls);
        var inside = Interlocked.Increment(ref _inside);
        InterlockedMax(inside);
        try
        {
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("Well"));
            await _go.WaitAsync(context.RequestAborted);
        }
        finally
        {
            // Before the last byte: whoever has it may ask again at once.
            Interlocked.Decrement(ref _inside);
        }

        await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Finish, EngineAnswer.Done);
    }

    private void InterlockedMax(int inside)
    {
        for (var most = Most; inside > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, inside, most);
        }
    }
}
