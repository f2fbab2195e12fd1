using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// Describes the spans that ASP.NET Core creates, which are bare by themselves, with the attributes of the HTTP conventions.
/// A filtered request's span is marked as not recorded when it begins; what the request causes inherits that.
/// </summary>
internal sealed class RequestSpans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string ListenerName = "Microsoft.AspNetCore";
    private const string RequestActivity = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Started = RequestActivity + ".Start";
    private const string Stopped = RequestActivity + ".Stop";

    private readonly Func<HttpContext, bool>? _filter;
    private readonly List<IDisposable> _subscriptions = [];

    public RequestSpans(Func<HttpContext, bool>? filter)
    {
        _filter = filter;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == ListenerName)
        {
            lock (_subscriptions)
            {
                _subscriptions.Add(value.Subscribe(this, static (name, _, _) => name is RequestActivity or Started or Stopped));
            }
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context || Activity.Current is not { IsAllDataRequested: true } span)
        {
            return;
        }

        if (value.Key == Stopped)
        {
            Complete(span, context);
        }
        else if (_filter is not null && !_filter(context))
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        else
        {
            Begin(span, context.Request);
        }
    }

    public void OnCompleted()
    {
        // Listeners come and go with their hosts.
    }

    public void OnError(Exception error)
    {
        // Nothing to release: the subscriptions end with this object.
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            _subscriptions.ForEach(static subscription => subscription.Dispose());
            _subscriptions.Clear();
        }
    }

    private static void Begin(Activity span, HttpRequest request)
    {
        span.DisplayName = request.Method;
        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", (request.PathBase + request.Path).ToString());
        span.SetTag("server.address", request.Host.Host);
        if (request.Host.Port is { } port)
        {
            span.SetTag("server.port", port);
        }
    }

    private static void Complete(Activity span, HttpContext context)
    {
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { Length: > 0 } route)
        {
            span.SetTag("http.route", route);
            span.DisplayName = $"{context.Request.Method} {route}";
        }

        var status = context.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
