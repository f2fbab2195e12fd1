using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ChatApp.Web.Api;

namespace ChatApp.Web.Account.Settings;

/// <summary>A key that is wanted.</summary>
internal sealed class NewKeyForm
{
    /// <summary>What its owner calls it.</summary>
    [Required(ErrorMessage = "Give it a name, so that you know it again.")]
    [StringLength(60, ErrorMessage = "A name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>It may read what its owner may.</summary>
    public bool Read { get; set; }

    /// <summary>It may converse.</summary>
    public bool Chat { get; set; }

    /// <summary>It may change memories.</summary>
    public bool Memory { get; set; }

    /// <summary>It may change documents.</summary>
    public bool Documents { get; set; }

    /// <summary>It may administer, as its owner may.</summary>
    public bool Admin { get; set; }

    /// <summary>After how many days it ends; empty for never.</summary>
    [RegularExpression("^(7|30|90|365)?$", ErrorMessage = "Choose when it ends.")]
    public string Days { get; set; } = "90";

    /// <summary>A limit of its own, as typed.</summary>
    [RegularExpression(@"^\s*(\d{1,6})?\s*$", ErrorMessage = "Enter a number, or nothing.")]
    public string RequestsPerMinute { get; set; } = "";

    /// <summary>A limit of its own, as typed.</summary>
    [RegularExpression(@"^\s*(\d{1,12})?\s*$", ErrorMessage = "Enter a number, or nothing.")]
    public string TokensPerDay { get; set; } = "";

    /// <summary>What it may do, by the Api's names.</summary>
    public IReadOnlyList<string> Scopes =>
    [
        .. new (bool Wanted, string Scope)[] { (Read, "read"), (Chat, "chat"), (Memory, "memory"), (Documents, "documents"), (Admin, "admin") }
            .Where(static one => one.Wanted).Select(static one => one.Scope),
    ];

    /// <summary>What to ask the Api for.</summary>
    public NewApiKey ToRequest(DateTimeOffset now) => new(
        Name.Trim(),
        Scopes,
        Days.Length == 0 ? null : now.AddDays(int.Parse(Days, CultureInfo.InvariantCulture)),
        int.TryParse(RequestsPerMinute, CultureInfo.InvariantCulture, out var requests) ? requests : null,
        long.TryParse(TokensPerDay, CultureInfo.InvariantCulture, out var tokens) ? tokens : null);
}
