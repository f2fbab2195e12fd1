namespace ChatApp.Api.Gateway.Contracts;

/// <summary>A model on its way to an engine.</summary>
/// <param name="Id">The pull's id.</param>
/// <param name="Engine">Where to.</param>
/// <param name="Model">What.</param>
/// <param name="Status">pulling, succeeded, failed or cancelled.</param>
/// <param name="Detail">What is being done.</param>
/// <param name="Completed">Bytes that are there.</param>
/// <param name="Total">Bytes that there will be; 0 while it is not known.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">Why it failed, and what to do.</param>
public sealed record Pull(
    string Id, string Engine, string Model, string Status, string? Detail, long? Completed, long? Total, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Error);
