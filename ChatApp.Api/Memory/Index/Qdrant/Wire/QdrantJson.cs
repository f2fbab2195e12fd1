using System.Text.Json.Serialization;

namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>Everything that goes to Qdrant and comes from it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CollectionSpec))]
[JsonSerializable(typeof(FieldIndex))]
[JsonSerializable(typeof(PointUpsert))]
[JsonSerializable(typeof(PointDeletion))]
[JsonSerializable(typeof(PointCount))]
[JsonSerializable(typeof(PointQuery))]
[JsonSerializable(typeof(SparseVector))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(QdrantAnswer<bool>))]
[JsonSerializable(typeof(QdrantAnswer<Existence>))]
[JsonSerializable(typeof(QdrantAnswer<UpdateOutcome>))]
[JsonSerializable(typeof(QdrantAnswer<Counted>))]
[JsonSerializable(typeof(QdrantAnswer<FoundPoints>))]
internal sealed partial class QdrantJson : JsonSerializerContext;
