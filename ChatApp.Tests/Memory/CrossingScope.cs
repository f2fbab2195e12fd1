using ChatApp.Tests.Api;

namespace ChatApp.Tests.Memory;

/// <summary>One person with one character, and the mark that all they say bears.</summary>
internal sealed record CrossingScope(ApiUser User, Guid UserId, Guid Character, string Mark)
{
    public List<Guid> Conversations { get; } = [];

    public string Memory => $"/api/characters/{Character}/memory";

    public string Memories => $"/api/characters/{Character}/memories";
}
