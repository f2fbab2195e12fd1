using System.Globalization;
using ChatApp.Api.Memory.Recall;

namespace ChatApp.Bench.Recall;

/// <summary>
/// What answers are really given, in the room that they have: for questions about the conversation, and for questions about somebody else's,
/// of which little should be recalled.
/// </summary>
internal static class RecallAnswers
{
    public static async Task MeasureAsync(
        RecallWorld world, IReadOnlyList<LocomoScope> scopes, int limit, TextWriter output, CancellationToken cancellationToken)
    {
        var budget = new RecallRequest { Text = "", UserName = "", CharacterName = "" }.TokenBudget;
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| asked, {budget} tokens of room | questions | evidence given | memories given | nothing given |"));
        output.WriteLine("|---|---|---|---|---|");
        for (var distance = 0; distance < Math.Min(2, scopes.Count); distance++)
        {
            var given = new List<(double Evidence, int Memories)>();
            for (var i = 0; i < scopes.Count; i++)
            {
                var asked = scopes[(i + distance) % scopes.Count].Conversation;
                foreach (var question in asked.Questions.Where(static q => q.Category < 5).Take(limit))
                {
                    var request = new RecallRequest { Text = question.Text, UserName = asked.FirstSpeaker, CharacterName = asked.SecondSpeaker };
                    var recalled = await world.Recall.RecallAsync(scopes[i].Scope, request, cancellationToken);
                    var turns = recalled.Memories.Select(m => scopes[i].Turn(m.Id).Id).ToHashSet(StringComparer.Ordinal);
                    given.Add((distance == 0 ? (double)question.Evidence.Count(turns.Contains) / question.Evidence.Count : 0, turns.Count));
                }
            }

            var evidence = distance == 0 ? RecallReport.Number(given.Average(static g => g.Evidence)) : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {(distance == 0 ? "about this conversation" : "about another one")} | {given.Count} | {evidence} | {given.Average(static g => g.Memories):0.0} | {given.Count(static g => g.Memories == 0) / (double)given.Count:0.00} |"));
        }
    }
}
