using ChatApp.Faults.Judging;

namespace ChatApp.Faults.Clients;

/// <summary>Some people who ask a lot at once, each answer followed by one reader or more.</summary>
public sealed class Crowd(IReadOnlyList<ChatClient> people)
{
    public IReadOnlyList<ChatClient> People => people;

    /// <summary>Makes accounts.</summary>
    public static async Task<Crowd> GatherAsync(ApiNodes nodes, History history, int people, CancellationToken cancellationToken) =>
        new(await Task.WhenAll(Enumerable.Range(0, people).Select(_ => ChatClient.SignUpAsync(nodes, history, cancellationToken))));

    /// <summary>Posts each question in a conversation of its own, all at once, and follows every answer to its end.</summary>
    /// <param name="questions">What is asked.</param>
    /// <param name="cancellationToken">Ends the readers where they are.</param>
    /// <param name="styles">One reader of each style a turn; one that just reads when there are none.</param>
    public async Task<IReadOnlyList<Conversation>> AskAsync(
        IEnumerable<string> questions, CancellationToken cancellationToken, params ReaderStyle[] styles)
    {
        var asked = await Task.WhenAll(questions.Select(async (question, i) =>
        {
            var person = people[i % people.Count];
            return (Person: person, Question: question, Id: await person.StartConversationAsync(cancellationToken), Number: i);
        }));
        return await Task.WhenAll(asked.Select(async conversation =>
        {
            var turn = await conversation.Person.PostAsync(conversation.Id, conversation.Question, cancellationToken)
                ?? throw new InvalidOperationException("A first message was refused.");
            var readers = (styles is [] ? [new ReaderStyle()] : styles).Select(style =>
                conversation.Person.FollowAsync(turn, cancellationToken, style with { Seed = style.Seed + conversation.Number }));
            return new Conversation(conversation.Person, turn, Task.WhenAll(readers));
        }));
    }

    /// <summary>One question on its way.</summary>
    /// <param name="Person">Who asked.</param>
    /// <param name="Turn">What became of it.</param>
    /// <param name="Reading">Ends when all its readers have heard of the end.</param>
    public sealed record Conversation(ChatClient Person, TurnHistory Turn, Task<ReaderHistory[]> Reading);
}
