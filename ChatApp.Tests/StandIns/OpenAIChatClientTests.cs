using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using OpenAI;
using Xunit;

namespace ChatApp.Tests.StandIns;

public sealed class OpenAIChatClientTests
{
    private const string Completion = """
        {"id":"chat-1","object":"chat.completion","created":1700000000,"model":"served-model",
         "choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":"Hello there","reasoning_content":"hm"}}],
         "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":5}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_MapsTheAnswer()
    {
        await using var server = await LoopbackServer.StartAsync(context => JsonAsync(context, Completion));
        using var client = Create(server.Address);

        var response = await client.GetResponseAsync("Hi", cancellationToken: Cancellation);

        Assert.Equal("Hello there", response.Text);
        Assert.Equal(ChatRole.Assistant, response.Messages[0].Role);
        Assert.Equal("hm", response.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text);
        Assert.Equal("chat-1", response.ResponseId);
        Assert.Equal("served-model", response.ModelId);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal((7, 2, 9, 5), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount, response.Usage.CachedInputTokenCount));
    }

    [Fact]
    public async Task GetResponseAsync_SendsMessagesAndOptions()
    {
        JsonElement sent = default;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            sent = (await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)).RootElement;
            await JsonAsync(context, Completion);
        });
        using var client = Create(server.Address);

        await client.GetResponseAsync(
            [
                new ChatMessage(ChatRole.System, "Be brief."),
                new ChatMessage(ChatRole.User, "Count") { AuthorName = "Ann Lee!" },
                new ChatMessage(ChatRole.Assistant, "One, two,"),
            ],
            new ChatOptions
            {
                ModelId = "asked-model",
                Instructions = "First.",
                Temperature = 0.5f,
                TopP = 0.25f,
                MaxOutputTokens = 33,
                StopSequences = ["\n\n", "END"],
                Seed = 42,
                FrequencyPenalty = 0.125f,
                PresencePenalty = -0.5f,
            },
            Cancellation);

        Assert.Equal("asked-model", sent.GetProperty("model").GetString());
        Assert.Equal(0.5, sent.GetProperty("temperature").GetDouble());
        Assert.Equal(0.25, sent.GetProperty("top_p").GetDouble());
        Assert.Equal(33, sent.TryGetProperty("max_completion_tokens", out var limit) ? limit.GetInt32() : sent.GetProperty("max_tokens").GetInt32());
        Assert.Equal(["\n\n", "END"], sent.GetProperty("stop").EnumerateArray().Select(stop => stop.GetString()));
        Assert.Equal(42, sent.GetProperty("seed").GetInt64());
        Assert.Equal(0.125, sent.GetProperty("frequency_penalty").GetDouble());
        Assert.Equal(-0.5, sent.GetProperty("presence_penalty").GetDouble());
        var messages = sent.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(
            [("system", "First."), ("system", "Be brief."), ("user", "Count"), ("assistant", "One, two,")],
            messages.Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content")))));
        Assert.Equal("AnnLee", messages[2].GetProperty("name").GetString());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_YieldsEachTokenBeforeTheNextIsMade()
    {
        var taken = new SemaphoreSlim(0);
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            string[] events =
            [
                Chunk("""{"delta":{"role":"assistant","content":"Hel"},"index":0,"finish_reason":null}"""),
                ": ping",
                Chunk("""{"delta":{"content":"lo"},"index":0,"finish_reason":null}"""),
                Chunk("""{"delta":{},"index":0,"finish_reason":"stop"}"""),
                """data: {"id":"chat-1","object":"chat.completion.chunk","created":1700000000,"model":"served-model","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""",
                "data: [DONE]",
            ];
            foreach (var line in events)
            {
                await context.Response.WriteAsync(line + "\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (line.Contains("content", StringComparison.Ordinal))
                {
                    await taken.WaitAsync(context.RequestAborted);
                }
            }
        });
        using var client = Create(server.Address);

        List<ChatResponseUpdate> updates = [];
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Cancellation))
        {
            updates.Add(update);
            taken.Release();
        }

        Assert.Equal(["Hel", "lo"], updates.Where(update => update.Text.Length > 0).Select(update => update.Text));
        Assert.All(updates, update => Assert.Equal(ChatRole.Assistant, update.Role));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal("served-model", updates[^1].ModelId);
        var usage = updates.SelectMany(update => update.Contents).OfType<UsageContent>().Single().Details;
        Assert.Equal((7, 2), (usage.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Left_ClosesTheRequest()
    {
        var left = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult());
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Chunk("""{"delta":{"content":"x"},"index":0}""") + "\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = Create(server.Address);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: leaving.Token))
            {
                await leaving.CancelAsync();
            }
        });

        await left.Task.WaitAsync(TimeSpan.FromSeconds(1.5), Cancellation);
    }

    [Fact]
    public async Task GetResponseAsync_RawOptions_ComeFirst()
    {
        JsonElement sent = default;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            sent = (await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)).RootElement;
            await JsonAsync(context, Completion);
        });
        using var client = Create(server.Address);

        await client.GetResponseAsync(
            "Hi",
            new ChatOptions { Temperature = 1, RawRepresentationFactory = _ => new OpenAI.Chat.ChatCompletionOptions { Temperature = 0.25f } },
            Cancellation);

        Assert.Equal(0.25, sent.GetProperty("temperature").GetDouble());
        Assert.Equal("default-model", sent.GetProperty("model").GetString());
    }

    [Fact]
    public void GetService_TellsWhoAnswers()
    {
        using var client = Create(new Uri("http://127.0.0.1:9"));

        var metadata = client.GetService<ChatClientMetadata>()!;

        Assert.Equal(("openai", "default-model", "127.0.0.1"), (metadata.ProviderName, metadata.DefaultModelId, metadata.ProviderUri?.Host));
        Assert.NotNull(client.GetService<OpenAI.Chat.ChatClient>());
    }

    [Fact]
    public async Task GenerateAsync_Embeddings_KeepOrderAndUsage()
    {
        // Floats travel as base64 of their bytes: 1, 2 and 3, 4.
        await using var server = await LoopbackServer.StartAsync(context => JsonAsync(context, """
            {"object":"list","model":"embedder","usage":{"prompt_tokens":4,"total_tokens":4},
             "data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAEA="},{"object":"embedding","index":1,"embedding":"AABAQAAAgEA="}]}
            """));
        using var generator = Client(server.Address).GetEmbeddingClient("embedder").AsIEmbeddingGenerator();

        var embeddings = await generator.GenerateAsync(["a", "b"], cancellationToken: Cancellation);

        Assert.Equal([1f, 2f], embeddings[0].Vector.ToArray());
        Assert.Equal([3f, 4f], embeddings[1].Vector.ToArray());
        Assert.Equal(4, embeddings.Usage!.InputTokenCount);
    }

    private static string Chunk(string choice) =>
        $$"""data: {"id":"chat-1","object":"chat.completion.chunk","created":1700000000,"model":"served-model","choices":[{{choice}}]}""";

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));

    private static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static IChatClient Create(Uri address) => Client(address).GetChatClient("default-model").AsIChatClient();

    private static OpenAIClient Client(Uri address) => new(
        new ApiKeyCredential("key"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(address, "v1"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),

            // As AddStreamingDefaults sets it; by default a client that is left reads on for two seconds.
            Transport = new HttpClientPipelineTransport(new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })),
        });
}
