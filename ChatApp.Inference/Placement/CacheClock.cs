using Microsoft.Extensions.Internal;

namespace ChatApp.Inference.Placement;

/// <summary>The clock in the shape that MemoryCache asks for.</summary>
internal sealed class CacheClock(TimeProvider time) : ISystemClock
{
    public DateTimeOffset UtcNow => time.GetUtcNow();
}
