namespace ChatApp.Web.Api;

/// <summary>A signed-in user: the token speaks for them until it expires.</summary>
internal sealed record Session(string AccessToken, DateTimeOffset ExpiresAt, User User);

/// <summary>An account.</summary>
internal sealed record User(Guid Id, string Name, string Email, string Role);

/// <summary>The body of a sign-up.</summary>
internal sealed record SignUpRequest(string Name, string Email, string Password);

/// <summary>The body of a sign-in.</summary>
internal sealed record SignInRequest(string Email, string Password);
