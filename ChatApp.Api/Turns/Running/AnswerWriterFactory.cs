using ChatApp.Api.Turns.Events;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Turns.Running;

internal sealed class AnswerWriterFactory(
    AnswerStore answers, TurnEventLog log, IOptions<TurnOptions> options, TimeProvider time, ILogger<AnswerWriter> logger)
{
    public AnswerWriter Create(RunningTurn running) => new(running, answers, log, options, time, logger);
}
