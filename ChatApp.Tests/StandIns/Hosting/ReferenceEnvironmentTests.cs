using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting;

public sealed class ReferenceEnvironmentTests
{
    [Fact]
    public async Task WithReference_Project_GivesServiceDiscoveryAndEndpointVariables()
    {
        var builder = Model.Builder();
        var api = builder.Service("chat-api").WithHttpEndpoint().WithHttpEndpoint(name: "admin");
        var consumer = builder.Consumer().WithReference(api);
        api.Allocate("http", 5001);
        api.Allocate("admin", 5002);

        var environment = await consumer.EnvironmentAsync();

        Assert.Equal("http://localhost:5001", environment["services__chat-api__http__0"]);
        Assert.Equal("http://localhost:5001", environment["CHAT_API_HTTP"]);
        Assert.Equal("http://localhost:5002", environment["services__chat-api__admin__0"]);
        Assert.Equal("http://localhost:5002", environment["CHAT_API_ADMIN"]);
    }

    [Fact]
    public async Task WithReference_OneEndpoint_LeavesTheOthersOut()
    {
        var builder = Model.Builder();
        var server = builder.AddExecutable("llama", "true", ".").WithHttpEndpoint().WithHttpEndpoint(name: "metrics");
        var consumer = builder.Consumer().WithReference(server.GetEndpoint("metrics"));
        server.Allocate("http", 5001);
        server.Allocate("metrics", 5002);

        var environment = await consumer.EnvironmentAsync();

        Assert.Equal("http://localhost:5002", environment["services__llama__metrics__0"]);
        Assert.DoesNotContain("services__llama__http__0", environment.Keys);
    }

    [Fact]
    public async Task WithReference_Uri_GoesByDefault()
    {
        var consumer = Model.Builder().Consumer().WithReference("engine", new Uri("http://gpu:8080/"));

        var environment = await consumer.EnvironmentAsync();

        Assert.Equal("http://gpu:8080/", environment["services__engine__default__0"]);
        Assert.Equal("http://gpu:8080/", environment["engine"]);
    }

    [Fact]
    public async Task WithReference_Database_GivesConnectionStringAndProperties()
    {
        var builder = Model.Builder("--Parameters:pg-password=p@ss word");
        var server = builder.AddPostgres("pg");
        var consumer = builder.Consumer().WithReference(server.AddDatabase("chat-db", "chat"));
        server.Allocate("tcp", 15432);

        var environment = await consumer.EnvironmentAsync();

        Assert.Equal("Host=localhost;Port=15432;Username=postgres;Password=p@ss word;Database=chat", environment["ConnectionStrings__chat-db"]);
        Assert.Equal("localhost", environment["CHAT_DB_HOST"]);
        Assert.Equal("15432", environment["CHAT_DB_PORT"]);
        Assert.Equal("chat", environment["CHAT_DB_DATABASENAME"]);
        Assert.Equal("postgresql://postgres:p%40ss%20word@localhost:15432/chat", environment["CHAT_DB_URI"]);
    }

    [Fact]
    public async Task WithReference_Qdrant_GivesAnHttpConnectionStringToo()
    {
        var builder = Model.Builder("--Parameters:qdrant-Key=k");
        var qdrant = builder.AddQdrant("qdrant");
        var consumer = builder.Consumer().WithReference(qdrant);
        qdrant.Allocate("grpc", 6001);
        qdrant.Allocate("http", 6002);

        var environment = await consumer.EnvironmentAsync();

        Assert.Equal("Endpoint=http://localhost:6001;Key=k", environment["ConnectionStrings__qdrant"]);
        Assert.Equal("Endpoint=http://localhost:6002;Key=k", environment["ConnectionStrings__qdrant_http"]);
    }

    [Fact]
    public async Task WithReference_Published_GivesPlaceholders()
    {
        var builder = Model.Builder("--operation", "publish");
        var redis = builder.AddRedis("redis");
        var api = builder.Service("api").WithHttpEndpoint();
        var consumer = builder.Consumer().WithReference(redis).WithReference(api).WithEnvironment("Url", $"{api.GetEndpoint("http")}/v1");

        var environment = await consumer.EnvironmentAsync(DistributedApplicationOperation.Publish);

        Assert.Equal("{redis.connectionString}", environment["ConnectionStrings__redis"]);
        Assert.Equal("{redis-password.value}", environment["REDIS_PASSWORD"]);
        Assert.Equal("{api.bindings.http.url}", environment["services__api__http__0"]);
        Assert.Equal("{api.bindings.http.url}/v1", environment["Url"]);
    }

    [Fact]
    public async Task WithReference_ConnectionStringsOff_LeavesOnlyTheProperties()
    {
        var builder = Model.Builder("--Parameters:redis-password=secret");
        var redis = builder.AddRedis("redis");
        redis.Allocate("tcp", 7000);
        var consumer = builder.Consumer().WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionProperties).WithReference(redis);

        var environment = await consumer.EnvironmentAsync();

        Assert.DoesNotContain("ConnectionStrings__redis", environment.Keys);
        Assert.Equal("redis://:secret@localhost:7000", environment["REDIS_URI"]);
    }

    [Fact]
    public async Task WithReference_ConnectionStringMissing_NamesTheVariableAndTheResource()
    {
        var builder = Model.Builder();
        var consumer = builder.Consumer().WithReference(builder.AddConnectionString("chatdb"));

        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => consumer.EnvironmentAsync());

        Assert.Contains("ConnectionStrings__chatdb", e.Message, StringComparison.Ordinal);
    }
}
