using System.Text;
using System.Text.Json.Nodes;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>Calls and targets for a dialect that is tested by itself.</summary>
internal static class DialectCalls
{
    public const string Key = "sk-a-key-that-must-not-be-seen";

    public static GatewayCall Call(string json, CallKind kind = CallKind.Chat)
    {
        var body = CallBody.Read(Encoding.UTF8.GetBytes(json));
        Assert.NotNull(body);
        return new GatewayCall
        {
            Kind = kind,
            Body = body,
            Began = 0,
            Caller = "",
            Conversation = null,
            IsShared = false,
            Deadline = 0,
            Model = new ModelRoute(body.Model, []),
            EstimatedInputTokens = 1,
            ExpectedOutputTokens = 1,
        };
    }

    public static GatewayCall Call(string json, string kind) => Call(json, Enum.Parse<CallKind>(kind));

    public static ModelTarget Target(EngineKind kind, string model, string? apiVersion = null, string? key = Key) =>
        new(new EngineOptions { Name = "one", Kind = kind, Address = "http://127.0.0.1:1", Key = key, Model = model, ApiVersion = apiVersion }, model);

    public static JsonNode Json(ReadOnlyMemory<byte> body) => JsonNode.Parse(body.Span)!;

    public static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    /// <summary>Two JSON texts say the same, whatever their spaces and order.</summary>
    public static void AssertSame(string expected, ReadOnlyMemory<byte> actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), Json(actual)), $"Expected {JsonNode.Parse(expected)!.ToJsonString()}\nActual   {Text(actual)}");

    public static KeyValuePair<string, string>? Header(DialectRequest request, string name) =>
        request.Headers.Where(header => header.Key == name).Select(static header => (KeyValuePair<string, string>?)header).SingleOrDefault();
}
