using System.Text.Json;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>js/chat/turn-stream.js against a scripted EventSource: nothing twice, nothing lost, and an end in every case.</summary>
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
    public async Task Continued_TextSoFarComesFirst_AndOnce()
        => Assert.Equal("text:Once 😀|text: upon|end:completed", await PlayAsync("""
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
    public async Task Failed_EndsWithTheProblemsSentence()
        => Assert.Equal("end:failed:The engine is gone.", await PlayAsync("send('failed', '1-0', { code: 'engine', title: 'No', detail: 'The engine is gone.' });"));

    [Fact]
    public async Task BrowserReconnects_SaysSoAndGoesOn()
        => Assert.Equal("text:a|waiting|text:b|end:cancelled", await PlayAsync("""
            send('delta', '1-1', { text: 'a' });
            drop(false);
            send('delta', '2-2', { text: 'b' });
            send('cancelled', '3-2', {});
            """));

    [Fact]
    public async Task BrowserGivesUp_AsksForTheTurnAndOpensWhereItWas()
        => Assert.Equal("text:a|waiting|open:1-1|text:b|end:completed", await PlayAsync("""
            answer = { status: 200, body: { status: 'running' } };
            send('delta', '1-1', { text: 'a' });
            drop(true);
            await reopened();
            send('delta', '2-2', { text: 'b' });
            send('completed', '3-2', {});
            """));

    [Fact]
    public async Task BrowserGivesUp_TurnEndedAndNothingIsLeft_EndsWithTheTurnsOutcome()
        => Assert.Equal("text:a|waiting|open:1-1|waiting|end:failed:Gone.", await PlayAsync("""
            answer = { status: 200, body: { status: 'failed', error: { detail: 'Gone.' } } };
            send('delta', '1-1', { text: 'a' });
            drop(true);
            await reopened();
            drop(true);
            await ended();
            """));

    [Fact]
    public async Task BrowserGivesUp_TurnIsGone_Ends()
        => Assert.Equal("waiting|end:gone:This answer does not exist any more.", await PlayAsync("""
            answer = { status: 404, body: {} };
            drop(true);
            await ended();
            """));

    private async Task<string> PlayAsync(string script)
    {
        await using var nora = await Person.ArriveAsync(chromium.Browser, BrowserSite.Of(stack));
        await nora.Page.GotoAsync("/sign-in");
        var log = await nora.Page.EvaluateAsync<JsonElement>($$"""
            async () => {
              const log = [];
              let source, answer, opened = 0;
              const note = entry => log.push(entry);
              class Fake extends EventTarget {
                static CLOSED = 2;
                readyState = 1;
                constructor(url) {
                  super();
                  source = this;
                  if (opened++ > 0) note('open:' + new URL(url).searchParams.get('lastEventId'));
                }
                close() { this.readyState = 2; }
              }
              window.EventSource = Fake;
              window.fetch = async () => ({ ok: answer.status === 200, status: answer.status, json: async () => answer.body });
              Math.random = () => 0;
              const until = async test => { while (!test()) await new Promise(done => setTimeout(done, 10)); };
              const send = (type, lastEventId, data) => source.dispatchEvent(new MessageEvent(type, { lastEventId, data: JSON.stringify(data) }));
              const drop = forGood => { source.readyState = forGood ? 2 : 0; source.dispatchEvent(new Event('error')); };
              const reopened = () => { const before = opened; return until(() => opened > before); };
              const ended = () => until(() => log.some(entry => entry.startsWith('end')));

              const { followTurn } = await import('/js/chat/turn-stream.js');
              followTurn({ id: '1', eventsUrl: '/api/turns/1/events' }, {
                onDelta: text => log.at(-1)?.startsWith('text:') ? log[log.length - 1] += text : note('text:' + text),
                onRestart: () => note('restart'),
                onWaiting: waiting => waiting && note('waiting'),
                onEnd: (outcome, sentence) => note('end:' + outcome + (sentence ? ':' + sentence : '')),
              });
              {{script}}
              return log;
            }
            """);
        nora.AssertNoComplaints();
        return string.Join('|', log.EnumerateArray().Select(entry => entry.GetString()));
    }
}
