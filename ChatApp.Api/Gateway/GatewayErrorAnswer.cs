namespace ChatApp.Api.Gateway;

/// <summary>An error as the gateway writes it.</summary>
internal sealed record GatewayErrorAnswer(GatewayErrorAnswer.Detail? Error)
{
    internal sealed record Detail(string? Message, string? Code);
}
