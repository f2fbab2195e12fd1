using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Gateway.Contracts;

/// <summary>A model that is added or replaced.</summary>
/// <param name="Cache">Whether answers to deterministic calls are kept and given again.</param>
/// <param name="Auto">For a virtual model: how it chooses; it then has no targets.</param>
/// <param name="Targets">The chain, at most 32.</param>
public sealed record ModelChange(
    bool Cache = false,
    ModelAuto? Auto = null,
    [MaxLength(32, ErrorMessage = "A model has 32 targets at most.")] IReadOnlyList<ModelTarget>? Targets = null);
