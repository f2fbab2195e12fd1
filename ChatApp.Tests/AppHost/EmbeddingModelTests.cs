using ChatApp.AppHost;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>An embedding model beside the one that answers.</summary>
public sealed class EmbeddingModelTests
{
    [Theory]
    [InlineData("Ollama", "--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=ollama")]
    [InlineData("OpenAI", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com", "--ChatApp:Model=big", "--ChatApp:Scale=true")]
    public async Task Embeddings_Given_AreServedAndUsedByEveryProcess(string kind, params string[] args)
    {
        await using var model = await AppHostModel.CreateAsync([.. args, "--ChatApp:Engine:Embeddings=nomic-embed-text", "--ChatApp:Engine:EmbeddingQueryPrefix=search_query: "]);

        var inference = await model.EnvironmentAsync("inference");

        Assert.Equal((kind, "nomic-embed-text"), (inference["Engines__1__Kind"], inference["Engines__1__Model"]));
        Assert.Equal(inference["Engines__0__Address"], inference["Engines__1__Address"]);
        foreach (var name in model.Names.Where(static n => n is "api" or "worker"))
        {
            var process = await model.EnvironmentAsync(name);
            Assert.Equal(("nomic-embed-text", "search_query: ", kind == "OpenAI" ? "true" : "false"), (process["Embeddings__Model"], process["Embeddings__QueryPrefix"], process["Embeddings__Outside"]));
            Assert.Equal(inference["Gateway__Key"], process["Inference__Key"]);
            Assert.Contains("services__inference__http__0", process.Keys);
        }
    }

    [Fact]
    public async Task Embeddings_NotGiven_AreNone()
    {
        await using var model = await AppHostModel.CreateAsync("--ChatApp:RunOn=local");

        Assert.DoesNotContain("Embeddings__Model", (await model.EnvironmentAsync("api")).Keys);
        Assert.DoesNotContain("Engines__1__Name", (await model.EnvironmentAsync("inference")).Keys);
    }

    [Fact]
    public async Task Embeddings_LlamaCpp_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => AppHostModel.CreateAsync(
            "--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp", "--ChatApp:Engine:Embeddings=nomic-embed-text"));

        Assert.Contains("ChatApp:Engine:Embeddings", (error as SetupException ?? error.GetBaseException()).Message, StringComparison.Ordinal);
    }
}
