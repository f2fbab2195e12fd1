namespace ChatApp.Api.Site;

/// <summary>What people should know of this site.</summary>
/// <param name="Model">The model that answers unless a character names another.</param>
/// <param name="BuiltInModel">Whether that is the small model that comes with the project.</param>
/// <param name="Notice">A sentence to show; null when there is nothing to say.</param>
/// <param name="SendsMail">Whether it can send mails: without, a forgotten password cannot be replaced.</param>
public sealed record SiteInfo(string Model, bool BuiltInModel, string? Notice, bool SendsMail);
