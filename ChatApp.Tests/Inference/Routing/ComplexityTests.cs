using System.Text;
using System.Text.Json;
using ChatApp.Inference.Routing.Auto;
using Xunit;

namespace ChatApp.Tests.Inference.Routing;

/// <summary>
/// The measure on 120 messages of the file beside this one, labelled by hand before they were first measured: which model would one
/// rather ask? The weights were tuned on the half marked "tuning" only.
/// </summary>
public sealed class ComplexityTests(ITestOutputHelper output)
{
    private const double Threshold = 0.5;

    [Theory]
    [InlineData("tuning", 0.9)]
    [InlineData("held", 0.85)]
    public void Measure_LabelledMessages_AgreesWithPeople(string half, double floor)
    {
        var messages = Labelled().Where(message => message.Half == half).ToList();

        var wrong = messages.Where(message => (Of(message.Text).Newest >= Threshold) != message.IsLarge).ToList();

        foreach (var (_, _, text) in wrong)
        {
            output.WriteLine($"{Of(text).Newest:0.00} {text[..Math.Min(90, text.Length)]}");
        }

        var accuracy = 1 - ((double)wrong.Count / messages.Count);
        output.WriteLine($"{half}: {accuracy:P1} of {messages.Count}");
        Assert.Equal(60, messages.Count);
        Assert.True(accuracy >= floor, $"{accuracy:P1} of the messages agree.");
    }

    private static Complexity Of(string text) => ComplexityReading.Measure(
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { new { role = "user", content = text } })), hasTools: false);

    private static IEnumerable<(string Half, bool IsLarge, string Text)> Labelled()
    {
        using var stream = typeof(ComplexityTests).Assembly.GetManifestResourceStream("complexity.tsv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            yield return (fields[1], fields[0] == "large", fields[2].Replace("\\n", "\n", StringComparison.Ordinal));
        }
    }
}
