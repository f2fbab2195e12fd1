using System.Runtime.InteropServices;

namespace ChatApp.Api.Accounts.Access;

/// <summary>What a caller was let in by.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Version">The account's version that the token was given at, or the key was read at.</param>
/// <param name="Bearer">The session or the API key.</param>
/// <param name="BearerVersion">The API key's version; 0 for a session.</param>
/// <param name="Expires">When it ends by itself, with the tolerance that it is accepted with.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccessPass(Guid UserId, int Version, Guid Bearer, int BearerVersion, DateTimeOffset Expires);
