using ChatApp.Inference.Caching;
using ChatApp.Inference.Calls;
using ChatApp.Tests.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Caching;

public sealed class CacheableCallTests
{
    [Theory]
    [InlineData("\"temperature\":0", true)]
    [InlineData("\"temperature\":0.0,\"seed\":1,\"n\":2,\"logprobs\":true,\"top_logprobs\":2", true)]
    [InlineData("\"temperature\":0,\"response_format\":{\"type\":\"json_object\",\"tools\":1}", true)]
    [InlineData("\"temperature\":0.1", false)]
    [InlineData("\"seed\":1", false)]
    [InlineData("\"temperature\":null", false)]
    [InlineData("\"temperature\":0,\"tools\":[]", false)]
    [InlineData("\"temperature\":0,\"functions\":[]", false)]
    [InlineData("\"temperature\":0,\"web_search_options\":{}", false)]
    [InlineData("\"temperature\":0,\"something_new\":1", false)]
    public void Is_Chat_OnlyWithOneAnswer(string more, bool expected) => Assert.Equal(expected, CacheableCall.Is(TestCalls.Create(more)));

    [Fact]
    public void Is_EmbeddingWithoutTemperature_IsCacheable() =>
        Assert.True(CacheableCall.Is(TestCalls.Create("\"input\":\"x\"", kind: CallKind.Embedding)));

    [Theory]
    [InlineData("", false, false)]
    [InlineData("", true, true)]
    [InlineData("ann", false, true)]
    public void Is_CallerNotNamed_OnlyWhereItMayBeShared(string caller, bool isShared, bool expected) =>
        Assert.Equal(expected, CacheableCall.Is(TestCalls.Create(caller: caller, isShared: isShared)));

    [Fact]
    public void Key_AnythingElse_IsAnother()
    {
        var other = TestCalls.Target();
        string[] keys =
        [
            CacheKey.Of(TestCalls.Create()),
            CacheKey.Of(TestCalls.Create(caller: "ben")),
            CacheKey.Of(TestCalls.Create(isShared: true)),
            CacheKey.Of(TestCalls.Create("\"temperature\":0,\"seed\":1")),
            CacheKey.Of(TestCalls.Create(kind: CallKind.Completion)),
            CacheKey.Of(TestCalls.Create(targets: TestCalls.Target("second"))),
            CacheKey.Of(TestCalls.Create(targets: TestCalls.Target(model: "m2"))),
            CacheKey.Of(TestCalls.Create(targets: [other, TestCalls.Target("second")])),
        ];

        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(CacheKey.Of(TestCalls.Create(caller: "ann", isShared: true)), CacheKey.Of(TestCalls.Create(caller: "ben", isShared: true)));
        Assert.Equal(keys[0], CacheKey.Of(TestCalls.Create()));
    }
}
