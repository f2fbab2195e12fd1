using System.Text;

namespace ChatApp.Inference.Models.Configuration;

/// <summary>Gathers what is wrong with settings or with what an admin sent, each with the name of its place there.</summary>
/// <param name="section">The section of the configuration; null when it came as JSON.</param>
internal sealed class RuleReport(string? section)
{
    private readonly List<string> _errors = [];

    /// <summary>What is wrong; empty when nothing is.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Adds an error.</summary>
    /// <param name="place">As in the configuration: <c>Targets:0:Engine</c>.</param>
    /// <param name="message">What follows the place's name, and says what to write.</param>
    public void Add(string place, string message) => _errors.Add($"{(section is null ? AsJson(place) : $"{section}:{place}")} {message}");

    private static string AsJson(string place)
    {
        var text = new StringBuilder();
        foreach (var part in place.Split(':'))
        {
            if (char.IsAsciiDigit(part[0]))
            {
                text.Append('[').Append(part).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(char.ToLowerInvariant(part[0])).Append(part, 1, part.Length - 1);
            }
        }

        return text.ToString();
    }
}
