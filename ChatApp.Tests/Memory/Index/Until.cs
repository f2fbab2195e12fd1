using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>Waits for what happens behind a test's back.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="condition">What is waited for.</param>
    /// <param name="what">What it says when that does not come.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<Task<string>> what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                Assert.Fail($"It did not come to this: {await what()}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
