using System.Text.Json;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>js/chat/turn-stream.js against a scripted server: nothing twice, nothing lost, and an end in every case.</summary>
[Trait("Category", "Browser")]
[Collection(OneBrowser.Name)]
public sealed class TurnStreamTests(StackFixture stack, ChromiumFixture chromium)
{
    [Fact]
    public async Task Delta_SentTwiceOrOverlapping_IsReadOnce()
        => Assert.Equal("text:Hello world|end:completed", await PlayAsync("""
            send('delta', '1-5', { text: 'Hello' });
            send('delta', '1-5', { text: 'Hello' });
            send('delta', '2-11', { text: 'lo world' });
            send('completed', '3-11', {});
            """));

    [Fact]
    public async Task Delta_TornAnywhere_IsReadWhole()
        => Assert.Equal("text:wörd😀\n\"x\"|end:completed", await PlayAsync("""
            const all = bytesOf(eventOf('delta', '1-10', { text: 'wörd😀\n"x"' }) + ': keep-alive\n\n' + eventOf('completed', '2-10', {}));
            for (const byte of all) {
              body.enqueue(new Uint8Array([byte]));
              await 0;
            }
            """));

    [Fact]
    public async Task Delta_OfATextThatIsThereAlready_GivesOnlyWhatIsNew()
        => Assert.Equal("text: there was|end:completed", await PlayAsync("""
            send('accepted', '1-0', {});
            send('delta', '2-9', { text: 'Once upon' });
            send('delta', '3-19', { text: ' there was' });
            send('completed', '4-19', {});
            """, have: 9));

    [Fact]
    public async Task Continued_TextSoFarComesFirst_AndOnce()
        => Assert.Equal("text:Once 😀 upon|end:completed", await PlayAsync("""
            send('accepted', '1-0', {});
            send('delta', '2-7', { text: 'Once 😀' });
            send('delta', '2-7', { text: 'Once 😀' });
            send('delta', '3-12', { text: ' upon' });
            send('completed', '4-12', {});
            """));

    [Fact]
    public async Task Restarted_ClearsAndCountsAnew()
        => Assert.Equal("text:Hel|restart|text:Bye|end:completed", await PlayAsync("""
            send('delta', '1-3', { text: 'Hel' });
            send('restarted', '2-0', {});
            send('delta', '3-3', { text: 'Bye' });
            send('completed', '4-3', {});
            """));

    [Fact]
    public async Task Moderated_TakesTheTextBack_AndTheEndSaysWhy()
        => Assert.Equal("text:Hel|moderated:block|end:failed:No.:blocked", await PlayAsync("""
            send('delta', '1-3', { text: 'Hel' });
            send('moderated', '2-0', { action: 'block', category: 'hate', notice: 'No.' });
            send('failed', '3-0', { code: 'blocked', detail: 'No.' });
            """));

    [Fact]
    public async Task Failed_EndsWithTheProblemsSentence()
        => Assert.Equal("end:failed:The engine is gone.", await PlayAsync("send('failed', '1-0', { code: 'engine', title: 'No', detail: 'The engine is gone.' });"));

    [Fact]
    public async Task Connection_Breaks_SaysSoAndOpensWhereItWas()
        => Assert.Equal("text:a|waiting|open:1-1|text:b|end:cancelled", await PlayAsync("""
            send('delta', '1-1', { text: 'a' });
            await noted('text:a');
            drop();
            await reopened();
            send('delta', '2-2', { text: 'b' });
            send('cancelled', '3-2', {});
            """));

    [Fact]
    public async Task Server_ClosesTheStreamAsAProcessThatStops_GoesOnAtAnotherWithoutAWord()
        => Assert.Equal("text:a|open:1-1|text:b|end:completed", await PlayAsync("""
            send('delta', '1-1', { text: 'a' });
            body.close();
            await reopened();
            send('delta', '2-2', { text: 'b' });
            send('completed', '3-2', {});
            """));

    [Fact]
    public async Task Server_AwayForAWhile_IsTriedUntilItIsBack()
        => Assert.Equal("text:a|waiting|open:1-1|waiting|open:1-1|waiting|open:1-1|text:b|end:completed", await PlayAsync("""
            replies = ['unreachable', { status: 502 }];
            send('delta', '1-1', { text: 'a' });
            await noted('text:a');
            drop();
            await reopened(3);
            send('delta', '2-2', { text: 'b' });
            send('completed', '3-2', {});
            """));

    [Fact]
    public async Task Server_AsksForPatience_GetsIt()
        => Assert.Equal("waiting|open:|end:completed|after 1 s", await PlayAsync("""
            await reopened();
            send('completed', '1-0', {});
            await ended();
            note(performance.now() - began >= 1000 ? 'after 1 s' : 'too early');
            """, replies: "[{ status: 429, headers: { 'Retry-After': '1' } }]"));

    [Fact]
    public async Task Wait_IsOverWhenTheNetworkIsBack()
        => Assert.Equal("waiting|open:|end:completed", await PlayAsync("""
            await noted('waiting');
            await new Promise(done => setTimeout(done, 50));
            dispatchEvent(new Event('online'));
            await reopened();
            send('completed', '1-0', {});
            """, replies: "[{ status: 503, headers: { 'Retry-After': '600' } }]"));

    [Fact]
    public async Task Connection_SilentWhileTheTabSlept_IsReplacedAsSoonAsSomeoneLooks()
        => Assert.Equal("text:a|waiting|open:1-1|text:b|end:completed", await PlayAsync("""
            send('delta', '1-1', { text: 'a' });
            await noted('text:a');
            const now = Date.now;
            Date.now = () => now() + 25_000;
            document.dispatchEvent(new Event('visibilitychange'));
            await reopened();
            send('delta', '2-2', { text: 'b' });
            send('completed', '3-2', {});
            """));

    [Fact]
    public async Task Cursor_Refused_BeginsAnew()
        => Assert.Equal("text:ab|waiting|open:1-2|restart|waiting|open:|text:xy|end:completed", await PlayAsync("""
            replies = [{ status: 400 }];
            send('delta', '1-2', { text: 'ab' });
            await noted('text:ab');
            drop();
            await reopened(2);
            send('delta', '1-2', { text: 'xy' });
            send('completed', '2-2', {});
            """));

    [Fact]
    public async Task Nothing_ComesAfterTheCursorThoughTheTurnHasEnded_ReadsItAgainFromTheStart()
        => Assert.Equal("text:a|waiting|open:1-1|restart|open:|text:abc|end:completed", await PlayAsync("""
            replies = [{ status: 204 }];
            turn = { status: 200, body: { status: 'completed' } };
            send('delta', '1-1', { text: 'a' });
            await noted('text:a');
            drop();
            await reopened(2);
            send('delta', '2-3', { text: 'abc' });
            send('completed', '3-3', {});
            """));

    [Fact]
    public async Task Nothing_ComesEvenFromTheStart_EndsAsTheTurnEnded()
        => Assert.Equal("restart|open:|end:failed:Gone.", await PlayAsync("""
            turn = { status: 200, body: { status: 'failed', error: { detail: 'Gone.' } } };
            body.close();
            await reopened();
            body.close();
            """));

    [Theory]
    [InlineData(404, "This answer does not exist any more.")]
    [InlineData(401, "You are signed out. Sign in again to go on.")]
    public async Task Turn_OutOfReach_Ends(int status, string sentence)
        => Assert.Equal($"end:gone:{sentence}", await PlayAsync("", replies: $"[{{ status: {status} }}]"));

    private async Task<string> PlayAsync(string script, int have = 0, string replies = "[]")
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.Page.GotoAsync("/sign-in");
        var log = await nora.Page.EvaluateAsync<JsonElement>($$"""
            async () => {
              const log = [];
              const began = performance.now();
              let body, turn, opened = 0, replies = {{replies}};
              const note = entry => log.push(entry);
              const reply = ({ status, body = null, headers }) => new Response(body && JSON.stringify(body), { status, headers });
              window.fetch = async (url, { headers, signal }) => {
                if (!url.endsWith('/events')) return reply(turn);
                if (opened++ > 0) note('open:' + (headers['Last-Event-ID'] ?? ''));
                const next = replies.shift();
                if (next === 'unreachable') throw new TypeError('network');
                if (next) return reply(next);
                const stream = new ReadableStream({ start: controller => { body = controller; } });
                const mine = body;
                signal.addEventListener('abort', () => { try { mine.error(signal.reason); } catch { } });
                return new Response(stream);
              };
              Math.random = () => 0;
              const until = async test => { while (!test()) await new Promise(done => setTimeout(done, 10)); };
              const bytesOf = text => new TextEncoder().encode(text);
              const eventOf = (type, id, data) => `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
              const send = (...event) => body.enqueue(bytesOf(eventOf(...event)));
              const drop = () => body.error(new TypeError('network'));
              const noted = entry => until(() => log.includes(entry));
              const reopened = (times = 1) => until(() => opened > times);
              const ended = () => until(() => log.some(entry => entry.startsWith('end')));

              const { followTurn } = await import('/js/chat/turn-stream.js');
              followTurn({ id: '1', eventsUrl: '/api/turns/1/events' }, {
                onDelta: text => log.at(-1)?.startsWith('text:') ? log[log.length - 1] += text : note('text:' + text),
                onRestart: () => note('restart'),
                onModerated: ({ action }) => note('moderated:' + action),
                onWaiting: waiting => waiting && note('waiting'),
                onEnd: (outcome, sentence, code) => note('end:' + outcome + (sentence ? ':' + sentence : '') + (code === 'blocked' ? ':' + code : '')),
              }, {{have}});
              {{script}}
              await ended();
              return log;
            }
            """);
        nora.AssertNoComplaints();
        return string.Join('|', log.EnumerateArray().Select(entry => entry.GetString()));
    }
}
