using System.Net;
using ChatApp.Web.Api;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ChatApp.Web.Account;

/// <summary>What the plain forms of accounts share: they work without script and without a circuit.</summary>
public abstract class FormComponent : ComponentBase
{
    private ValidationMessageStore _messages = null!;

    /// <summary>The form's fields and what is wrong with them.</summary>
    protected EditContext Edit { get; private set; } = null!;

    /// <summary>The request that asks for the page, or sends its form.</summary>
    [CascadingParameter]
    protected HttpContext Context { get; set; } = null!;

    [Inject]
    internal SessionCookie Cookie { get; set; } = null!;

    /// <summary>Where one is, and where one may be led.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Ends when the visitor went away.</summary>
    protected CancellationToken Left => Context.RequestAborted;

    internal HttpContext Request => Context;

    internal VisitorInfo Visitor => VisitorInfo.Of(Context);

    /// <summary>True when it was a form that was sent here.</summary>
    protected bool IsPost => HttpMethods.IsPost(Context.Request.Method);

    /// <summary>Takes the object that the form fills.</summary>
    protected void Fill(object model)
    {
        Edit = new EditContext(model);
        _messages = new ValidationMessageStore(Edit);
    }

    /// <summary>Does what the form asks for, or shows on the form why not.</summary>
    /// <returns>The problem; null when it was done.</returns>
    internal async Task<ApiProblem?> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (ApiException error)
        {
            await LeaveIfSignedOutAsync(error);
            _messages.Show(Edit, error.Problem);
            return error.Problem;
        }
    }

    /// <summary>Says what is wrong with the form as a whole, or with one of its fields.</summary>
    protected void Complain(string sentence, string field = "")
    {
        _messages.Add(Edit.Field(field), sentence);
        Edit.NotifyValidationStateChanged();
    }

    internal void LeadTo(string address) => Navigation.NavigateTo(address);

    /// <summary>Leads to the sign-in page and back here where the Api does not know the session any more.</summary>
    internal async Task LeaveIfSignedOutAsync(ApiException error)
    {
        if (error.Status == HttpStatusCode.Unauthorized && Context.User.Held is not null && (await Cookie.UpdateAsync(Context)).IsEnded)
        {
            Navigation.NavigateTo($"/sign-in?returnUrl={Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri))}");
        }
    }
}
