using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>An Api with its worker and an engine, whose first account is somebody else's.</summary>
public sealed class DataHost(StackFixture stack) : IAsyncLifetime
{
    internal static readonly (string, string)[] Settings = [("Deletion:LastLook", "00:00:00"), ("Inference:AdminKey", "an-admin-key")];

    internal ScriptedEngine Engine { get; private set; } = null!;

    internal ApiHost Api { get; private set; } = null!;

    internal ApiUser Admin { get; private set; } = null!;

    internal StackFixture Stack => stack;

    public async ValueTask InitializeAsync()
    {
        Engine = await ScriptedEngine.StartAsync();
        Api = await ApiHost.StartAsync(stack, Engine, Settings);
        Admin = await Api.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        await Api.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
