using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatApp.Bench.Recall;

/// <summary>Reads the format of LoCoMo, whose data is not part of this repository.</summary>
internal static partial class LocomoFile
{
    /// <summary>The conversations in the file's order; questions without evidence are left out, for nothing could be found for them.</summary>
    /// <exception cref="JsonException">The file is not of this format.</exception>
    public static async Task<IReadOnlyList<LocomoConversation>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
        return [.. document.RootElement.EnumerateArray().Select(Conversation)];
    }

    private static LocomoConversation Conversation(JsonElement sample)
    {
        var conversation = sample.GetProperty("conversation");
        var first = conversation.GetProperty("speaker_a").GetString()!;
        return new LocomoConversation(
            sample.GetProperty("sample_id").GetString()!,
            first,
            conversation.GetProperty("speaker_b").GetString()!,
            [.. Sessions(conversation).SelectMany(s => Turns(conversation, s, first))],
            [.. sample.GetProperty("qa").EnumerateArray().Select(Question).Where(static q => q.Evidence.Count > 0)]);
    }

    // There are dates of sessions that are not there.
    private static IEnumerable<int> Sessions(JsonElement conversation) => conversation.EnumerateObject()
        .Select(static p => (Match: SessionName().Match(p.Name), p.Value))
        .Where(static p => p.Match.Success && p.Value.ValueKind == JsonValueKind.Array)
        .Select(static p => int.Parse(p.Match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))
        .Order();

    private static IEnumerable<LocomoTurn> Turns(JsonElement conversation, int session, string firstSpeaker)
    {
        var saidAt = DateTimeOffset.ParseExact(
            conversation.GetProperty($"session_{session}_date_time").GetString()!,
            "h:mm tt 'on' d MMMM, yyyy",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal);
        foreach (var turn in conversation.GetProperty($"session_{session}").EnumerateArray())
        {
            var text = turn.GetProperty("text").GetString()!;
            var caption = turn.TryGetProperty("blip_caption", out var shown) ? shown.GetString() : null;
            yield return new LocomoTurn(
                Normalized(turn.GetProperty("dia_id").GetString()!).Single(),
                session,
                turn.GetProperty("speaker").GetString() == firstSpeaker,
                caption is null ? text : $"{text} [{caption}]",
                saidAt);
        }
    }

    private static LocomoQuestion Question(JsonElement question) => new(
        question.GetProperty("question").GetString()!,
        question.GetProperty("category").GetInt32(),
        question.TryGetProperty("evidence", out var evidence)
            ? [.. evidence.EnumerateArray().SelectMany(static e => Normalized(e.GetString()!)).Distinct(StringComparer.Ordinal)]
            : []);

    // A few strings hold several, or are written in another way: "D8:6; D9:17", "D:11:26", "D30:05".
    private static IEnumerable<string> Normalized(string ids) => TurnName().Matches(ids).Select(static m => string.Create(
        CultureInfo.InvariantCulture,
        $"D{int.Parse(m.Groups["session"].ValueSpan, CultureInfo.InvariantCulture)}:{int.Parse(m.Groups["turn"].ValueSpan, CultureInfo.InvariantCulture)}"));

    [GeneratedRegex(@"^session_(?<number>\d+)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SessionName();

    [GeneratedRegex(@"D:?(?<session>\d+):(?<turn>\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TurnName();
}
