using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Api;

/// <summary>An event as a reader got it.</summary>
internal sealed record TurnEventSeen(string Id, string Type, JsonNode Data)
{
    public long Seq => long.Parse(Id.Split('-')[0], CultureInfo.InvariantCulture);

    public int Offset => int.Parse(Id.Split('-')[1], CultureInfo.InvariantCulture);

    public bool IsTerminal => Type is "completed" or "failed" or "cancelled";

    /// <summary>What a reader that already shows <paramref name="before"/> shows after these events.</summary>
    public static string Assemble(IEnumerable<TurnEventSeen> events, string before = "")
    {
        var text = new StringBuilder(before);
        foreach (var seen in events)
        {
            if (seen.Type == "restarted")
            {
                text.Clear();
            }
            else if (seen.Type == "delta")
            {
                text.Append((string?)seen.Data["text"]);
            }
        }

        return text.ToString();
    }
}
