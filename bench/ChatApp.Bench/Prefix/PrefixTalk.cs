using ChatApp.Api.Conversations;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Prompting;
using ChatApp.Api.Turns;

namespace ChatApp.Bench.Prefix;

/// <summary>A conversation about everyday things, of any length, that recalls other memories for every turn: the same for the same seed.</summary>
internal sealed class PrefixTalk(int seed)
{
    private const int MemoriesATurn = 4;

    private static readonly string[] Whose = ["My dog", "My cat", "My sister", "My brother", "My friend", "My mother", "My neighbour", "My horse"];
    private static readonly string[] What = ["is called Brimwick", "lives in Lisbon", "likes the sea", "works as a baker", "has a red boat", "was born in May", "plays the piano", "sleeps all day"];
    private static readonly string[] When = ["since last summer", "as far as I know", "and that is good", "most of the time", "and we laugh about it", "when the sun is out"];

    /// <summary>The character. Each run has one of its own, so that none finds the cache of another.</summary>
    public PersonaPrompt Persona { get; } = new()
    {
        SystemPrompt = $"You are Mira {seed}, a cheerful pirate captain.\nSpeak like a pirate.",
        Description = "A pirate captain who has sailed every sea on the map.",
        Style = "Pirate: cheerful, nautical, never cruel.",
        Greeting = "Ahoy! What can I do for ye?",
    };

    /// <summary>The path up to what is said at a turn, from 1.</summary>
    public List<HistoryMessage> Path(int turn) =>
    [
        .. Enumerable.Range(0, (turn * 2) - 1).Select(depth => new HistoryMessage
        {
            Id = new Guid(depth + 1, 0, 0, new byte[8]),
            Depth = depth,
            Role = depth % 2 == 0 ? MessageRole.User : MessageRole.Assistant,
            Text = depth % 2 == 0 ? $"{Sentence(depth, 0)} {Sentence(depth, 1)}" : $"Aye, I shall remember that. {Sentence(depth, 2)}",
        }),
    ];

    /// <summary>What is recalled at a turn.</summary>
    public TurnRecall Recall(int turn) => TurnRecall.None with
    {
        Memories =
        [
            .. Enumerable.Range(0, MemoriesATurn).Select(i => new RecalledMemory(
                Guid.Empty, MemoryKind.Message, MemorySpeaker.User, Sentence((turn * 31) + i, 3), DateTimeOffset.UnixEpoch.AddDays((turn * 7) + i), false, 1, [], null, null)),
        ],
    };

    private string Sentence(int number, int kind)
    {
        var dice = new Random((((seed * 397) + number) * 31) + kind);
        return $"{Whose[dice.Next(Whose.Length)]} {What[dice.Next(What.Length)]}, {When[dice.Next(When.Length)]}.";
    }
}
