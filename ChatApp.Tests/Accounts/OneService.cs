using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>The tests of sessions, tokens and keys, which share one pair of processes and move their clock: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneService : ICollectionFixture<TwoNodes>
{
    public const string Name = "One service";
}
