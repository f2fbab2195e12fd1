using System.Net;

namespace ChatApp.Web.Api;

/// <summary>The Api said no, or could not be reached.</summary>
internal sealed class ApiException(HttpStatusCode status, ApiProblem problem, Exception? inner = null)
    : Exception(problem.Sentence, inner)
{
    /// <summary>The status that the Api answered with; 503 when it could not be reached.</summary>
    public HttpStatusCode Status => status;

    /// <summary>What the Api said.</summary>
    public ApiProblem Problem => problem;
}
