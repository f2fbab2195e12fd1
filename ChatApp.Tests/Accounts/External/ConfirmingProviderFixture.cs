using ChatApp.Tests.Stack;

namespace ChatApp.Tests.Accounts.External;

/// <summary>The same, where addresses have to be confirmed.</summary>
public sealed class ConfirmingProviderFixture(StackFixture stack) : ProviderFixture(stack)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Key, string Value)> Settings() => [.. base.Settings(), ("Auth:RequireConfirmedEmail", "true")];
}
