using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Tone;

/// <summary>Whether it is read from what a person writes how they sound.</summary>
/// <param name="Enabled">When false, nothing is derived.</param>
public sealed record ToneSetting([Required(ErrorMessage = "Say whether it is to be read how you sound.")] bool? Enabled);
