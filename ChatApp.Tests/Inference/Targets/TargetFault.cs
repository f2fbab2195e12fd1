namespace ChatApp.Tests.Inference.Targets;

/// <summary>What goes wrong at a target. Each happens before the first byte, or after so many events as <see cref="InjectedFault"/> says.</summary>
public enum TargetFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is closed before anything is answered; the probes' too.</summary>
    Refuse,

    /// <summary>Nothing more comes, and the connection stays.</summary>
    Hang,

    /// <summary>What is left comes one byte at a time (<see cref="FakeTarget.SlowByteEvery"/>), so that there is always life on the line and never an answer.</summary>
    SlowBytes,

    /// <summary>Nothing but pings comes, in the kind's own words.</summary>
    PingsOnly,

    /// <summary>500 in the kind's own shape; after events, the kind's error as an event, if it has one.</summary>
    ServerError,

    /// <summary>An event whose data is no JSON, and then the rest as if nothing were wrong; a whole answer that is no JSON.</summary>
    MalformedEvent,

    /// <summary>Half of the next event (of the whole answer), then a proper end of the body.</summary>
    HalfJson,

    /// <summary>200 with a page of HTML, as from a proxy in between. Only before the first byte.</summary>
    WrongContentType,

    /// <summary>The connection is torn down.</summary>
    Reset,

    /// <summary>A proper end of the body, without what ends an answer.</summary>
    EndEarly,

    /// <summary>An event (a whole answer) of <see cref="FakeTarget.OversizedBytes"/>.</summary>
    OversizedEvent,

    /// <summary>429 with <c>Retry-After: 2</c>. Only before the first byte.</summary>
    TooManyRequests,

    /// <summary>The model is being loaded: 503 as llama-server says it, 529 from Anthropic; probes say so too. Only before the first byte.</summary>
    Loading,

    /// <summary>400: the prompt is longer than the context, in the kind's own words. Only before the first byte.</summary>
    ContextTooLong,

    /// <summary>The key is refused, right or not: 401. Only before the first byte.</summary>
    KeyRefused,
}
