using System.Net;
using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>Something that a person does on a page: once at a time, with what became of it.</summary>
public sealed class Attempt
{
    private ApiProblem? _problem;

    /// <summary>It is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>What was done, in words; null when nothing was.</summary>
    public string? Done { get; private set; }

    /// <summary>The status of the refusal; null when there was none.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>Why it was not, unless a field says it: for below the form.</summary>
    public string? Refusal(params string[] fields) => _problem is null || fields.Any(field => Of(field) is not null) ? null : _problem.Sentence;

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? Of(string field) => _problem?.Errors?
        .Where(error => string.Equals(error.Key, field, StringComparison.OrdinalIgnoreCase))
        .Select(static error => string.Join(' ', error.Value))
        .FirstOrDefault();

    /// <summary>Forgets what became of it.</summary>
    public void Clear() => (_problem, Status, Done) = (null, null, null);

    /// <summary>Does it, unless it is under way.</summary>
    /// <returns>Whether it was done.</returns>
    internal async Task<bool> RunAsync(Func<Task> act, string? done = null)
    {
        if (IsBusy)
        {
            return false;
        }

        Clear();
        IsBusy = true;
        try
        {
            await act();
            Done = done;
            return true;
        }
        catch (ApiException error)
        {
            (_problem, Status) = (error.Problem, error.Status);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false; // The page is gone.
        }
        finally
        {
            IsBusy = false;
        }
    }
}
