using System.Text.Json.Serialization;

namespace ChatApp.Api.Audit;

/// <summary>How an actor showed who they are.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AuditActorKind>))]
public enum AuditActorKind
{
    /// <summary>Not at all.</summary>
    Anonymous,

    /// <summary>By signing in.</summary>
    Person,

    /// <summary>By an API key.</summary>
    Key,

    /// <summary>The service itself.</summary>
    System,
}
