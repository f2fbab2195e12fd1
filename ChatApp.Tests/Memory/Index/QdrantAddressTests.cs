using ChatApp.Api.Memory.Index.Qdrant;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

public sealed class QdrantAddressTests
{
    [Fact]
    public void From_Nothing_IsNone() => Assert.Null(From());

    [Theory]
    [InlineData("Endpoint=http://localhost:6333;Key=abc=", "http://localhost:6333/", "abc=")]
    [InlineData("Endpoint=https://cloud.example:6333/", "https://cloud.example:6333/", null)]
    [InlineData("http://10.0.0.5:7000/qdrant", "http://10.0.0.5:7000/qdrant/", null)]
    public void From_Rest_IsTaken(string given, string endpoint, string? key) =>
        Assert.Equal(new QdrantAddress(new Uri(endpoint), key), From(("qdrant_http", given), ("qdrant", "Endpoint=http://localhost:6334")));

    [Fact]
    public void From_OneThatIsNotGrpc_IsTaken() =>
        Assert.Equal(new Uri("http://localhost:6333/"), From(("qdrant", "Endpoint=http://localhost:6333"))!.Endpoint);

    [Fact]
    public void From_GrpcOnly_SaysWhatToSet()
    {
        var error = Assert.Throws<InvalidOperationException>(() => From(("qdrant", "Endpoint=http://qdrant.local:6334;Key=abc")));

        Assert.Contains("ConnectionStrings:qdrant_http", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("Key=abc")]
    [InlineData("Endpoint=ftp://localhost")]
    [InlineData("=;=")]
    public void From_Nonsense_SaysWhatToSet(string given) =>
        Assert.Contains("Endpoint=", Assert.Throws<InvalidOperationException>(() => From(("qdrant_http", given))).Message, StringComparison.Ordinal);

    private static QdrantAddress? From(params (string Name, string Value)[] strings) => QdrantAddress.From(
        new ConfigurationBuilder().AddInMemoryCollection(strings.Select(static s => KeyValuePair.Create($"ConnectionStrings:{s.Name}", (string?)s.Value))).Build());
}
