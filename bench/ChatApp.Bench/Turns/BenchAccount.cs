using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatApp.Bench.Turns;

/// <summary>Someone to measure as: an account made in the way of each caller.</summary>
internal static partial class BenchAccount
{
    private const string Password = "correct horse battery staple";

    /// <summary>As a program does: the Api's own sign-up; the client then sends the token.</summary>
    public static async Task SignUpAtApiAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(
            "/api/auth/sign-up", new { name = "Bench", email = "api@bench.example", password = Password }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
    }

    /// <summary>As a person does: the site's form; the client then holds the cookie and sends its origin, as a browser would.</summary>
    public static async Task SignUpAtSiteAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var page = await http.GetStringAsync(new Uri("/sign-up", UriKind.Relative), cancellationToken);
        var fields = HiddenInput().Matches(page)
            .Select(static m => KeyValuePair.Create(m.Groups["name"].Value, m.Groups["value"].Value))
            .DistinctBy(static f => f.Key)
            .Append(KeyValuePair.Create("Form.Name", "Bench"))
            .Append(KeyValuePair.Create("Form.Email", "site@bench.example"))
            .Append(KeyValuePair.Create("Form.Password", Password));
        using var form = new FormUrlEncodedContent(fields);
        http.DefaultRequestHeaders.Add("Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var response = await http.PostAsync(new Uri("/sign-up", UriKind.Relative), form, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var me = await http.GetAsync(new Uri("/api/me", UriKind.Relative), cancellationToken);
        if (!me.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The sign-up form was posted, but the site answers /api/me with {(int)me.StatusCode}.");
        }
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)"\s*/?>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenInput();
}
