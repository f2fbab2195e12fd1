namespace ChatApp.Api.Accounts.External;

/// <summary>Of the section <c>Auth</c>, where else people may sign in.</summary>
internal sealed class ExternalOptions
{
    /// <summary>The providers, in the order in which people are shown them.</summary>
    public List<ExternalProvider> Providers { get; set; } = [];

    public ExternalProvider? Find(string name) => Providers.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.Ordinal));
}
