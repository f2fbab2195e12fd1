using ChatApp.Tests.Stack;

namespace ChatApp.Tests.Browser;

/// <summary>Which site the browser opens.</summary>
internal static class BrowserSite
{
    /// <summary>The one that <c>CHATAPP_WEB</c> names, if it does, else that of the tests' own stack.</summary>
    public static Uri Of(StackFixture stack) =>
        Environment.GetEnvironmentVariable("CHATAPP_WEB") is { Length: > 0 } address ? new Uri(address) : stack.Web;
}
