namespace ChatApp.Api.Moderation;

/// <summary>Finds in texts what policies are about. It says what it sees; what is done about it is the policy's business.</summary>
internal interface IContentDetector
{
    /// <summary>The detector's name in policies and in the log: <c>rules</c>, <c>classifier</c> or <c>outside</c>.</summary>
    string Name { get; }

    /// <summary>Whether it answers at once, without asking anybody: only then is it asked on every piece of a stream.</summary>
    bool IsImmediate { get; }

    /// <summary>Judges a text.</summary>
    /// <exception cref="ModerationUnavailableException">It cannot at the moment; the policy says what then.</exception>
    ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken);
}
