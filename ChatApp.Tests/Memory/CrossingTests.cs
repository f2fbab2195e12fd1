using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>
/// Nobody ever sees or touches what a character knows of somebody else, or what another character knows of them: random people do random
/// things, and whatever is shown to them must bear their own mark.
/// </summary>
[Trait("Category", "Integration")]
public sealed class CrossingTests(StackFixture stack)
{
    private const int Steps = 90;

    [Theory]
    [InlineData(null)]
    public async Task AnythingAtAll_ManyPeople_NothingForeignIsShownOrTouched(int? fixedSeed)
    {
        var seed = fixedSeed ?? Random.Shared.Next();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var world = await CrossingWorld.CreateAsync(host, engine, new Random(seed));
        var step = 0;
        try
        {
            for (; step < Steps; step++)
            {
                await world.StepAsync();
            }

            await world.CheckAllAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}, step {step} ({world.LastStep}): {exception.Message}", exception);
        }
    }
}
