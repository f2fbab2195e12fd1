using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Dialects.Anthropic;
using ChatApp.Inference.Engines;
using Xunit;
using static ChatApp.Tests.Inference.Dialects.DialectCalls;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>OpenAI's requests as Anthropic's published reference wants them.</summary>
public sealed class AnthropicRequestTests
{
    private readonly AnthropicDialect _dialect = new(TimeProvider.System);

    [Fact]
    public void Write_Conversation_HasTheSystemApartAndTwoBreakpoints() => AssertWritten(
        """
        {"model":"m","stream":true,"max_completion_tokens":50,"temperature":1.7,"top_p":0.9,"top_k":40,"stop":"END","user":"u-1","seed":1,"presence_penalty":0.5,
         "stream_options":{"include_usage":true},"response_format":{"type":"text"},"n":1,"messages":[
          {"role":"system","content":"You are Ada."},
          {"role":"user","content":"Hi"},
          {"role":"assistant","content":"Hello é."},
          {"role":"developer","content":[{"type":"text","text":"Be short."}]},
          {"role":"user","content":"   "},
          {"role":"user","content":"Who"},
          {"role":"user","content":[{"type":"text","text":"are you?"}]}]}
        """,
        """
        {"model":"claude-1","max_tokens":50,"stream":true,"temperature":1,"top_k":40,"stop_sequences":["END"],"metadata":{"user_id":"u-1"},
         "system":[{"type":"text","text":"You are Ada."},{"type":"text","text":"Be short.","cache_control":{"type":"ephemeral"}}],
         "messages":[
          {"role":"user","content":[{"type":"text","text":"Hi"}]},
          {"role":"assistant","content":[{"type":"text","text":"Hello é.","cache_control":{"type":"ephemeral"}}]},
          {"role":"user","content":[{"type":"text","text":"Who"},{"type":"text","text":"are you?"}]}]}
        """);

    [Fact]
    public void Write_FewestWords_HasABoundAllTheSame() => AssertWritten(
        """{"model":"m","top_p":0.5,"stop":["a",null,"b"],"messages":[{"role":"user","content":"Hi"}]}""",
        """{"model":"claude-1","max_tokens":4096,"top_p":0.5,"stop_sequences":["a","b"],"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}""");

    [Fact]
    public void Write_AssistantFirstAndLast_IsOpenedAndPrefilled() => AssertWritten(
        """{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":"Welcome!"},{"role":"user","content":"Hi"},{"role":"assistant","content":"Once upon \n"}]}""",
        """
        {"model":"claude-1","max_tokens":5,"messages":[
          {"role":"user","content":"(The conversation begins.)"},
          {"role":"assistant","content":[{"type":"text","text":"Welcome!","cache_control":{"type":"ephemeral"}}]},
          {"role":"user","content":[{"type":"text","text":"Hi"}]},
          {"role":"assistant","content":[{"type":"text","text":"Once upon"}]}]}
        """);

    [Fact]
    public void Write_Images_AreSources() => AssertWritten(
        """
        {"model":"m","max_tokens":5,"messages":[{"role":"user","content":[
          {"type":"text","text":"What is this?"},
          {"type":"image_url","image_url":{"url":"data:image/PNG;base64,iVBORw0KGgo=","detail":"low"}},
          {"type":"image_url","image_url":{"url":"https://example.com/a.webp"}}]}]}
        """,
        """
        {"model":"claude-1","max_tokens":5,"messages":[{"role":"user","content":[
          {"type":"text","text":"What is this?"},
          {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
          {"type":"image","source":{"type":"url","url":"https://example.com/a.webp"}}]}]}
        """);

    [Fact]
    public void Write_ToolsAndTheirResults_AreBlocks() => AssertWritten(
        """
        {"model":"m","max_tokens":5,"tool_choice":"required","parallel_tool_calls":false,
         "tools":[
          {"type":"function","function":{"name":"weather","description":"The weather.","strict":true,"parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
          {"type":"function","function":{"name":"now"}}],
         "messages":[
          {"role":"user","content":"Weather in Oslo, and the time?"},
          {"role":"assistant","content":null,"tool_calls":[
            {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}},
            {"id":"call_2","type":"function","function":{"name":"now","arguments":""}}]},
          {"role":"tool","tool_call_id":"call_1","content":"4 °C"},
          {"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"12:00"}]},
          {"role":"user","content":"Go on."}]}
        """,
        """
        {"model":"claude-1","max_tokens":5,
         "tools":[
          {"name":"weather","description":"The weather.","input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},
          {"name":"now","input_schema":{"type":"object","properties":{}}}],
         "tool_choice":{"type":"any","disable_parallel_tool_use":true},
         "messages":[
          {"role":"user","content":[{"type":"text","text":"Weather in Oslo, and the time?"}]},
          {"role":"assistant","content":[
            {"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Oslo"}},
            {"type":"tool_use","id":"call_2","name":"now","input":{},"cache_control":{"type":"ephemeral"}}]},
          {"role":"user","content":[
            {"type":"tool_result","tool_use_id":"call_1","content":[{"type":"text","text":"4 °C"}]},
            {"type":"tool_result","tool_use_id":"call_2","content":[{"type":"text","text":"12:00"}]},
            {"type":"text","text":"Go on."}]}]}
        """);

    [Theory]
    [InlineData("\"auto\"", """{"type":"auto"}""")]
    [InlineData("\"none\"", """{"type":"none"}""")]
    [InlineData("""{"type":"function","function":{"name":"now"}}""", """{"type":"tool","name":"now"}""")]
    public void Write_ToolChoice_IsTranslated(string choice, string expected) => AssertWritten(
        $$$$"""{"model":"m","max_tokens":5,"tools":[{"type":"function","function":{"name":"now"}}],"tool_choice":{{{{choice}}}},"messages":[{"role":"user","content":"Hi"}]}""",
        $$$$"""
        {"model":"claude-1","max_tokens":5,"tools":[{"name":"now","input_schema":{"type":"object","properties":{}}}],"tool_choice":{{{{expected}}}},
         "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
        """);

    [Theory]
    [InlineData(""" "response_format":{"type":"json_object"},"messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "n":2,"messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "logprobs":true,"messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "stop":" ","messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "functions":[],"messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "tools":[{"type":"custom","custom":{"name":"x"}}],"messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"x"}}],"tool_choice":{"type":"allowed_tools"},"messages":[{"role":"user","content":"Hi"}]""")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"","format":"wav"}}]}]""")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://example.com/a.png"}}]}]""")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/tiff;base64,AA=="}}]}]""")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"x","arguments":"{half"}}]}]""")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"x","arguments":"[1]"}}]}]""")]
    [InlineData(""" "messages":[{"role":"user","content":"Hi"},{"role":"tool","content":"4"}]""")]
    [InlineData(""" "messages":[{"role":"system","content":"Only this."}]""")]
    [InlineData(""" "messages":[{"role":"function","content":"x"}]""")]
    [InlineData(""" "messages":[{"role":"user","content":7}]""")]
    [InlineData(""" "messages":[7]""")]
    [InlineData(""" "messages":"Hi" """)]
    [InlineData(""" "prompt":"Hi" """)]
    public void Write_WhatItHasNoWordsFor_IsRefused(string members) =>
        Assert.Throws<DialectException>(() => _dialect.Write(Call("{\"model\":\"m\"," + members + "}"), Target(EngineKind.Anthropic, "claude-1")));

    [Theory]
    [InlineData(nameof(CallKind.Completion))]
    [InlineData(nameof(CallKind.Embedding))]
    public void Write_OtherThanAChat_IsRefused(string kind) =>
        Assert.Throws<DialectException>(() => _dialect.Write(Call("""{"model":"m","prompt":"x","input":"x"}""", kind), Target(EngineKind.Anthropic, "claude-1")));

    [Theory]
    [InlineData(null, "2023-06-01", "true", "false", true)]
    [InlineData("2024-01-01", "2024-01-01", "true", "true", false)]
    [InlineData(null, "2023-06-01", "false", "false", false)]
    public void Write_Headers_AreVersionAndKey(string? version, string expected, string streams, string wantsUsage, bool hidesUsage)
    {
        var request = _dialect.Write(
            Call($$$"""{"model":"m","stream":{{{streams}}},"stream_options":{"include_usage":{{{wantsUsage}}}},"messages":[{"role":"user","content":"Hi"}]}"""),
            Target(EngineKind.Anthropic, "claude-1", version));

        Assert.Equal(("v1/messages", hidesUsage), (request.Path, request.HidesUsage));
        Assert.Equal((Key, expected), (Header(request, "x-api-key")?.Value, Header(request, "anthropic-version")?.Value));
        Assert.DoesNotContain(Key, Text(request.Body), StringComparison.Ordinal);
    }

    private void AssertWritten(string body, string expected) => AssertSame(expected, _dialect.Write(Call(body), Target(EngineKind.Anthropic, "claude-1")).Body);
}
