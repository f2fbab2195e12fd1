using System.Numerics.Tensors;
using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Index;

/// <summary>A row of <c>memories</c> as the embedded index reads it.</summary>
internal sealed class EmbeddedRow
{
    public Guid Id { get; init; }

    public bool IsMessage { get; init; }

    public bool IsUser { get; init; }

    public DateTimeOffset SaidAt { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    public int Position { get; init; }

    public string Terms { get; init; } = "";

    public bool Asks { get; init; }

    public float[]? Embedding { get; init; }

    public long Version { get; init; }

    /// <summary>Its words, and those of its date, which its text does not have.</summary>
    public TermVector AllTerms() => TermVector.Parse(Terms).With(DateTerms.Of(SaidAt));

    public EmbeddedMemory ToMemory() => new()
    {
        Id = Id,
        Speaker = IsUser ? MemorySpeaker.User : MemorySpeaker.Character,
        MessageId = MessageId,
        ConversationId = IsMessage ? ConversationId : null,
        Position = Position,
        SaidAt = SaidAt,
        Asks = IsMessage && Asks,
        Vector = Normalized(Embedding),
    };

    /// <summary>The vector at length 1; null for one that points nowhere.</summary>
    public static float[]? Normalized(float[]? vector)
    {
        if (vector is null || vector.Length == 0)
        {
            return null;
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(length) || length <= 0)
        {
            return null;
        }

        var normalized = new float[vector.Length];
        TensorPrimitives.Divide(vector, length, normalized);
        return normalized;
    }
}
