using System.Text;
using ChatApp.Inference.Dialects;
using Xunit;
using static ChatApp.Tests.Inference.Dialects.DialectCalls;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>Errors as the kinds of targets publish them, in OpenAI's shape.</summary>
public sealed class ErrorTranslationTests
{
    [Theory]
    // OpenAI
    [InlineData(
        400,
        """{"error":{"message":"Invalid type for 'n'.","type":"invalid_request_error","param":"n","code":"invalid_type"}}""",
        """{"error":{"message":"Invalid type for 'n'.","type":"invalid_request_error","param":"n","code":"invalid_type"}}""")]
    // llama-server
    [InlineData(
        400,
        """{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}""",
        """{"error":{"message":"the request exceeds the available context size","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}}""")]
    // vLLM before 0.10
    [InlineData(
        400,
        """{"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","param":null,"code":400}""",
        """{"error":{"message":"This model's maximum context length is 4096 tokens.","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}}""")]
    // Ollama
    [InlineData(404, """{"error":"model 'x' not found"}""", """{"error":{"message":"model 'x' not found","type":"invalid_request_error","param":null,"code":"model_not_found"}}""")]
    // Azure OpenAI
    [InlineData(
        400,
        """{"error":{"message":"The response was filtered.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""",
        """{"error":{"message":"The response was filtered.","type":"invalid_request_error","param":"prompt","code":"content_filter"}}""")]
    // Anthropic
    [InlineData(
        400,
        """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"},"request_id":"req_1"}""",
        """{"error":{"message":"prompt is too long: 210000 tokens > 200000 maximum","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}}""")]
    [InlineData(
        413,
        """{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}""",
        """{"error":{"message":"Request exceeds the maximum size","type":"invalid_request_error","param":null,"code":"request_too_large"}}""")]
    // FastAPI
    [InlineData(404, """{"detail":"Not Found"}""", """{"error":{"message":"Not Found","type":"invalid_request_error","param":null,"code":"model_not_found"}}""")]
    // No JSON, or none that says anything
    [InlineData(404, "404 page not found", """{"error":{"message":"The engine answered 404 and did not say why.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""")]
    [InlineData(400, "[1]", """{"error":{"message":"The engine answered 400 and did not say why.","type":"invalid_request_error","param":null,"code":null}}""")]
    [InlineData(422, "", """{"error":{"message":"The engine answered 422 and did not say why.","type":"invalid_request_error","param":null,"code":null}}""")]
    public void ToOpenAI_ErrorOfAKind_HasOneShape(int status, string body, string expected) =>
        AssertSame(expected, ErrorTranslation.ToOpenAI(status, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void ToOpenAI_EndlessMessage_IsCut()
    {
        var error = Json(ErrorTranslation.ToOpenAI(400, Encoding.UTF8.GetBytes($$$"""{"error":{"message":"{{{new string('x', 100_000)}}}"}}""")));

        Assert.Equal(2000, ((string)error["error"]!["message"]!).Length);
    }
}
