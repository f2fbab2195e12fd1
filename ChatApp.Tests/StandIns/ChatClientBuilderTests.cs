using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.StandIns;

public sealed class ChatClientBuilderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Build_FirstLayer_IsOutermost()
    {
        var model = new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, "x"));
        var client = model.AsBuilder()
            .ConfigureOptions(options => options.StopSequences = ["first"])
            .ConfigureOptions(options => options.StopSequences!.Add("second"))
            .Build();

        await client.GetResponseAsync("Hi", cancellationToken: Cancellation);

        Assert.Equal(["first", "second"], model.Options!.StopSequences!);
    }

    [Fact]
    public async Task ConfigureOptions_LeavesTheCallersOptions()
    {
        var model = new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, "x"));
        var client = model.AsBuilder().ConfigureOptions(options => options.Temperature = 1).Build();
        var own = new ChatOptions { Seed = 1 };

        await client.GetStreamingResponseAsync("Hi", own, Cancellation).ToListAsync(Cancellation);

        Assert.Null(own.Temperature);
        Assert.Equal((1f, 1L), (model.Options!.Temperature, model.Options.Seed));
    }

    [Fact]
    public void Build_LayerThatReturnsNull_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new ScriptedChatClient().AsBuilder().Use(_ => null!).Build());

    [Fact]
    public void AddChatClient_RegistersOneClientWithTheServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton("name of the service");
        services.AddChatClient(_ => new ScriptedChatClient())
            .Use((inner, provider) => new NamedClient(inner, provider.GetRequiredService<string>()));
        using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<IChatClient>();

        Assert.Equal("name of the service", Assert.IsType<NamedClient>(client).Name);
        Assert.Same(client, provider.GetRequiredService<IChatClient>());
    }

    private sealed class NamedClient(IChatClient inner, string name) : DelegatingChatClient(inner)
    {
        public string Name => name;
    }
}
