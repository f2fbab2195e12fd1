namespace ChatApp.Api.Limits.Surface;

/// <summary>What a browser that gets hold of an answer is told to refuse, and what no cache may keep.</summary>
internal static class ApiHeaders
{
    // An answer is data: nothing in it is to be run, shown in a frame, or fetched for it.
    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    // The page that describes the Api runs its own script, and draws with styles and small pictures.
    private const string Page =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void UseApiHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var (request, headers) = (((HttpContext)state).Request, ((HttpContext)state).Response.Headers);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            // What an endpoint says of its own answer goes before this.
            SetDefault(headers, "Content-Security-Policy", request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? Page : Data);
            if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            {
                SetDefault(headers, "Cache-Control", "no-store");
            }

            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static void SetDefault(IHeaderDictionary headers, string name, string value)
    {
        if (!headers.ContainsKey(name))
        {
            headers[name] = value;
        }
    }
}
