using System.Net;
using System.Text.RegularExpressions;

namespace ChatApp.Tests.Web;

/// <summary>Someone without script: keeps cookies, fills forms, follows no redirects.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };

    public Visitor(Uri site) => Http = new HttpClient(_handler) { BaseAddress = site };

    public HttpClient Http { get; }

    public IEnumerable<Cookie> Cookies => _handler.CookieContainer.GetAllCookies();

    /// <summary>Opens a page with a form and sends it, with the hidden fields that the page gave it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var html = await Http.GetStringAsync(new Uri(page, UriKind.Relative), cancellationToken);
        var all = new Dictionary<string, string>(fields);
        foreach (var (name, value) in HiddenFieldsOf(FirstForm(html)))
        {
            all[name] = value;
        }

        using var content = new FormUrlEncodedContent(all);
        return await Http.PostAsync(new Uri(page, UriKind.Relative), content, cancellationToken);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, CancellationToken cancellationToken, string page = "/sign-in") =>
        SubmitAsync(page, new() { ["Form.Email"] = email, ["Form.Password"] = FakeApi.Password }, cancellationToken);

    /// <summary>What the page gave its forms to send along.</summary>
    public static Dictionary<string, string> HiddenFieldsOf(string html)
    {
        Dictionary<string, string> fields = [];
        foreach (Match hidden in HiddenField().Matches(html))
        {
            fields[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        }

        return fields;
    }

    private static string FirstForm(string html)
    {
        var end = html.IndexOf("</form>", StringComparison.Ordinal);
        return end < 0 ? html : html[..end];
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
