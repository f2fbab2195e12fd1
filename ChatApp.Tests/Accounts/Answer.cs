using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>What an endpoint answered.</summary>
internal sealed record Answer(int Status, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["code"];

    /// <summary>The text without what is another every time.</summary>
    public string Shape
    {
        get
        {
            if (Text.Length == 0)
            {
                return "";
            }

            var json = Json.AsObject();
            json.Remove("traceId");
            return json.ToJsonString();
        }
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
