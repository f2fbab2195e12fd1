using System.Globalization;

namespace ChatApp.Api.Models;

/// <summary>Tells the gateway the <see cref="CallOrigin"/> of each request.</summary>
internal sealed class CallOriginHandler : DelegatingHandler
{
    /// <summary>The gateway's headers.</summary>
    public const string Caller = "ChatApp-Caller", Conversation = "ChatApp-Conversation", Deadline = "ChatApp-Deadline", Inside = "ChatApp-Inside";

    // The gateway says why it gives up, which is worth more than our giving up at the same moment.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (CallOrigin.Current is { } origin)
        {
            request.Headers.TryAddWithoutValidation(Caller, origin.Caller);
            if (origin.Conversation is { } conversation)
            {
                request.Headers.TryAddWithoutValidation(Conversation, conversation);
            }

            if (origin.StaysInside)
            {
                request.Headers.TryAddWithoutValidation(Inside, "only");
            }

            if (origin.Patience is { } patience)
            {
                request.Headers.TryAddWithoutValidation(Deadline, Milliseconds(patience).ToString(CultureInfo.InvariantCulture));
            }
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static long Milliseconds(TimeSpan patience) =>
        Math.Max(1, (long)(patience > 4 * Margin ? patience - Margin : patience * 0.75).TotalMilliseconds);
}
