namespace ChatApp.Tests.Memory.Index;

/// <summary>What Qdrant answers to a request that is wrong.</summary>
internal sealed class QdrantRefusal(int status, string message) : Exception(message)
{
    public int Status => status;
}
