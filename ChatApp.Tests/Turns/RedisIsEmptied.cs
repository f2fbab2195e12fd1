using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Tests that empty the shared Redis, and those that count on what is in it: never at once.</summary>
[CollectionDefinition(Name)]
public sealed class RedisIsEmptied
{
    public const string Name = "Redis is emptied";
}
