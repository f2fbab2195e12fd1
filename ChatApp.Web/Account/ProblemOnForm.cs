using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components.Forms;

namespace ChatApp.Web.Account;

/// <summary>Shows on a form what the Api said of it.</summary>
internal static class ProblemOnForm
{
    /// <summary>
    /// Puts the problem's messages under the fields they name, and what names none of the form's fields above the form.
    /// </summary>
    public static void Show(this ValidationMessageStore messages, EditContext form, ApiProblem problem)
    {
        var shown = false;
        foreach (var (name, texts) in problem.Errors ?? [])
        {
            var property = form.Model.GetType().GetProperties()
                .FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
            if (property is not null)
            {
                messages.Add(form.Field(property.Name), texts);
                shown = true;
            }
        }

        if (!shown)
        {
            messages.Add(form.Field(""), problem.Sentence);
        }

        form.NotifyValidationStateChanged();
    }
}
