using Xunit;

namespace ChatApp.Tests.Browser;

/// <summary>
/// The browser tests share one Chromium and run one after another, when all other tests have ended: a browser and a circuit
/// that starve beside them show what a busy test machine is like, not what the site is like.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneBrowser : ICollectionFixture<ChromiumFixture>
{
    public const string Name = "Browser";
}
