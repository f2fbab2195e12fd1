using ChatApp.Api.Knowledge;
using ChatApp.Api.Memory.Recall;
using ChatApp.Tests.Api;
using ChatApp.Tests.Prompting;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>The built-in model on a real llama-server, answering from memories word for word as people said them.</summary>
[Trait("Category", "Integration")]
public sealed class RecallOnEngineTests(StackFixture stack)
{
    private static readonly (string Said, string Question, string Answer)[] Facts =
    [
        ("My dog is called Brimwick.", "What is my dog called?", "Brimwick"),
        ("My cat's name is Tovani.", "What's my cat's name?", "Tovani"),
        ("My sister lives in Lisbon.", "Where does my sister live?", "Lisbon"),
        ("I live in Porto.", "Where do I live?", "Porto"),
        ("I work as a baker.", "What is my job?", "baker"),
        ("My favourite colour is silver.", "What is my favourite colour?", "silver"),
        ("My birthday is on 3 May.", "When is my birthday?", "3 May"),
        ("My meeting is on Tuesday.", "When is my meeting?", "Tuesday"),
        ("I have a rabbit called Pelmo.", "What is my rabbit called?", "Pelmo"),
        ("My mother's name is Selda.", "What is my mother's name?", "Selda"),
        ("My parrot is called Zibbo.", "What's the name of my parrot?", "Zibbo"),
        ("My horse is named Galtor.", "What is my horse called?", "Galtor"),
    ];

    [Fact]
    public async Task Turn_FactAmongOthersInMemory_IsAnswered()
    {
        var recall = new ScriptedRecall { Knowledge = KnowledgeFound.Nothing(RecallReasons.Empty) };
        await using var unused = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack,
            unused,
            await ApiHost.CreateDatabaseAsync(stack),
            recall.Replace,
            ("Services:inference:http:0", stack.Inference.GetLeftPart(UriPartial.Authority)),
            ("Inference:Key", stack.InferenceKey),
            ("Models:Default", "tiny-chat"),
            ("Models:BuiltIn", "true"));
        using var user = await host.SignUpAsync();
        var wrong = new List<string>();
        for (var i = 0; i < Facts.Length; i++)
        {
            var fact = Facts[i];
            // With two others, an earlier question, and what the character said to it.
            recall.Memories = _ => Task.FromResult(new MemoryRecall(
                [
                    PromptWorkshop.Remembered(fact.Question, day: 5),
                    PromptWorkshop.Remembered("Arr, I don't know that yet.", ChatApp.Api.Memory.MemorySpeaker.Character, day: 5),
                    PromptWorkshop.Remembered(Facts[(i + 5) % Facts.Length].Said, day: 1),
                    PromptWorkshop.Remembered(fact.Said, day: 2),
                    PromptWorkshop.Remembered(Facts[(i + 7) % Facts.Length].Said, day: 4),
                ],
                RecallReasons.Searched));

            var answer = TurnEventSeen.Assemble(await user.EventsAsync(await user.SayAsync(await user.StartConversationAsync(), fact.Question)));

            if (!answer.Contains(fact.Answer, StringComparison.OrdinalIgnoreCase))
            {
                wrong.Add($"{fact.Question} {answer}");
            }
        }

        Assert.True(wrong.Count <= 1, string.Join(Environment.NewLine, wrong));
    }
}
