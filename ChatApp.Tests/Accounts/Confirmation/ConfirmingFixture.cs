using ChatApp.Tests.Stack;

namespace ChatApp.Tests.Accounts.Confirmation;

/// <summary>A site where addresses have to be confirmed.</summary>
public sealed class ConfirmingFixture(StackFixture stack) : IdentityFixture(stack)
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Auth:RequireConfirmedEmail", "true")];
}
