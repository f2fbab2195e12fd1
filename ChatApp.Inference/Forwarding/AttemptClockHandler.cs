using ChatApp.Inference.Attempts;

namespace ChatApp.Inference.Forwarding;

/// <summary>Lets a try's clock end the wait for the answer's headers.</summary>
internal sealed class AttemptClockHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Where a request carries its clock.</summary>
    public static readonly HttpRequestOptionsKey<AttemptClock> Clock = new("ChatApp.AttemptClock");

    // The clock ends with the caller too, so the forwarder's own token has nothing to add.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, request.Options.TryGetValue(Clock, out var clock) ? clock.Token : cancellationToken);
}
