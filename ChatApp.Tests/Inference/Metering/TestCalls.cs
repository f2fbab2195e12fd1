using System.Text;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Tests.Inference.Metering;

/// <summary>Calls as the stages see them.</summary>
internal static class TestCalls
{
    public static ModelTarget Target(string engine = "first", TargetPrice? price = null, string model = "m", int priority = 0) =>
        new(new EngineOptions { Name = engine, Address = "http://127.0.0.1:1", Model = model }, model, priority) { Price = price };

    public static GatewayCall Create(
        string more = "\"temperature\":0", string caller = "ann", bool isShared = false, CallKind kind = CallKind.Chat, string model = "m", params ModelTarget[] targets) => new()
        {
            Kind = kind,
            Body = CallBody.Read(Encoding.UTF8.GetBytes($$"""{"model":"m","messages":[],{{more}}}"""))!,
            Began = TimeProvider.System.GetTimestamp(),
            Caller = caller,
            Conversation = null,
            IsShared = isShared,
            Deadline = long.MaxValue,
            Model = new ModelRoute(model, [.. targets is [] ? [Target()] : targets]),
            EstimatedInputTokens = 100,
            ExpectedOutputTokens = 20,
        };

    public static GatewayCall Tried(this GatewayCall call, string engine, string? failure = null)
    {
        call.Attempts.Add(new CallAttempt(Target(engine), 0) { Failure = failure is null ? null : new AttemptFailure(failure, "detail", BlamesEngine: true) });
        return call;
    }
}
