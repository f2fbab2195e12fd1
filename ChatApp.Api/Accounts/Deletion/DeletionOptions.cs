using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.Deletion;

/// <summary>Section <c>Deletion</c>.</summary>
internal sealed class DeletionOptions
{
    public const string Section = "Deletion";

    /// <summary>How long after an account's rows are gone it is looked for once more elsewhere: by then what was under way has been written down.</summary>
    /// <value>Defaults to two minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "'Deletion:LastLook' is an hour at most.")]
    public TimeSpan LastLook { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a running answer of the account may take to stop before it is deleted all the same.</summary>
    /// <value>Defaults to a minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "'Deletion:StopPatience' is an hour at most.")]
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromMinutes(1);
}
