using System.Text.Json.Nodes;

namespace ChatApp.Bench.Placement;

/// <summary>A conversation that grows by what is said and what was answered: a character's description of its own, then turns.</summary>
internal sealed class PlacementTalk(int number, string caller, int personaWords, int saidWords)
{
    private static readonly string[] Words =
        ["dog", "sea", "boat", "likes", "red", "house", "my", "sister", "plays", "the", "piano", "in", "summer", "garden", "and", "walks", "to", "school", "with", "a", "friend", "old", "river", "sings"];

    private readonly Random _dice = new(number);
    private readonly JsonArray _messages = [];

    /// <summary>Its id.</summary>
    public string Id { get; } = $"conversation-{number}";

    /// <summary>Whose it is.</summary>
    public string Caller { get; } = caller;

    /// <summary>Its turns, in order.</summary>
    public List<PlacementSample> Turns { get; } = [];

    /// <summary>What is sent at the next turn: all that was said, and something new.</summary>
    public JsonArray Ask()
    {
        if (_messages.Count == 0)
        {
            _messages.Add(Message("system", $"You are number {number}. {Sentence(personaWords)}"));
        }

        _messages.Add(Message("user", Sentence(saidWords)));
        return (JsonArray)_messages.DeepClone();
    }

    /// <summary>Takes the answer in.</summary>
    public void Answered(PlacementSample sample, string answer)
    {
        Turns.Add(sample);
        _messages.Add(Message("assistant", answer));
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text };

    private string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[_dice.Next(Words.Length)])) + ".";
}
