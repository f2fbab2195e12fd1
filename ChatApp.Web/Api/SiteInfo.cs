namespace ChatApp.Web.Api;

/// <summary>What the site should tell about the model behind it.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="BuiltInModel">True when it is the one that ships with ChatApp, good only for trying the plumbing.</param>
/// <param name="Notice">A sentence to show, or null.</param>
public sealed record SiteInfo(string Model, bool BuiltInModel, string? Notice);
