using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatApp.ServiceDefaults.Errors;

/// <summary>Errors that a person can report and an operator can find: each problem names its trace.</summary>
internal static class ErrorDefaults
{
    public static void AddErrorDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(static options => options.CustomizeProblemDetails = AddTraceId);
        builder.Services.Configure<KestrelServerOptions>(static kestrel => kestrel.AddServerHeader = false);
    }

    private static void AddTraceId(ProblemDetailsContext context) =>
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
}
