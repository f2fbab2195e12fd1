using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.External;

/// <summary>A place where people may sign in.</summary>
/// <param name="Name">What addresses call it.</param>
/// <param name="DisplayName">What people call it.</param>
public sealed record Provider(string Name, string DisplayName);

/// <summary>The providers of this site.</summary>
/// <param name="Items">In the order to show them in.</param>
public sealed record Providers(IReadOnlyList<Provider> Items);

/// <summary>The way to a provider.</summary>
/// <param name="RedirectUri">The page of the site that it sends people back to.</param>
public sealed record ExternalStartRequest(
    [Required(ErrorMessage = "Give the address to come back to."), StringLength(500, ErrorMessage = "This address is too long.")] string RedirectUri);

/// <summary>Where to send somebody.</summary>
/// <param name="AuthorizeUrl">The provider's page.</param>
/// <param name="State">Comes back with them; whoever sent them there keeps it, and compares.</param>
public sealed record ExternalStart(string AuthorizeUrl, string State);

/// <summary>What somebody came back with.</summary>
/// <param name="State">What they were sent there with.</param>
/// <param name="Code">What the provider gave them.</param>
/// <param name="RedirectUri">The page that they came back to.</param>
public sealed record ExternalCallback(
    [Required(ErrorMessage = "Give the state."), StringLength(2000, ErrorMessage = "This is no state of ours.")] string State,
    [Required(ErrorMessage = "Give the code."), StringLength(4000, ErrorMessage = "This code is too long.")] string Code,
    [Required(ErrorMessage = "Give the address that it came back to."), StringLength(500, ErrorMessage = "This address is too long.")] string RedirectUri);

/// <summary>An account elsewhere that signs in to this one.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Email">The address that it had there when it was last used, for recognising it.</param>
/// <param name="CreatedAt">When it was linked.</param>
/// <param name="LastUsedAt">When it was last used.</param>
public sealed record ExternalLogin(string Provider, string DisplayName, string? Email, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt);

/// <summary>The accounts elsewhere that sign in to this one.</summary>
/// <param name="Items">One of each provider at most.</param>
public sealed record ExternalLogins(IReadOnlyList<ExternalLogin> Items);
