using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Account.Settings;

/// <summary>What the parts of the account's pages share.</summary>
public abstract class AccountPage : FormComponent
{
    /// <summary>What could not be loaded, for the person; null when all was.</summary>
    protected string? Trouble { get; private set; }

    [Inject]
    internal AccountApi Account { get; set; } = null!;

    /// <summary>Loads something that the page shows.</summary>
    /// <returns>Whether it came.</returns>
    protected async Task<bool> LoadAsync(Func<Task> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        try
        {
            await load();
            return true;
        }
        catch (ApiException error)
        {
            await LeaveIfSignedOutAsync(error);
            Trouble = error.Message;
            return false;
        }
    }

    /// <summary>Leads back here by a plain request, so that a reload sends nothing twice.</summary>
    protected void Done(string page, string what) => Navigation.NavigateTo($"{page}?done={what}");
}
