namespace ChatApp.Api.Gateway.Contracts;

/// <summary>A model that people can pick, and the chain of targets that serve it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">configuration or stored.</param>
/// <param name="Cache">Whether answers to deterministic calls are kept and given again.</param>
/// <param name="Auto">For a virtual model: how it chooses.</param>
/// <param name="Targets">The chain.</param>
public sealed record GatewayModel(string Name, string Source, bool Cache, ModelAuto? Auto, IReadOnlyList<ModelTarget> Targets);
