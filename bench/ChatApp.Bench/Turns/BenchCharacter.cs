using Npgsql;

namespace ChatApp.Bench.Turns;

/// <summary>A character made for measuring: greedy, so that every answer is the same one, whoever asks.</summary>
internal static class BenchCharacter
{
    public const string Id = "01980000-0000-7000-8000-0000000000be";

    public const string SystemPrompt = "You are Mira, a cheerful pirate captain.";

    /// <summary>What the Api allows the built-in model; the direct caller asks for the same.</summary>
    public const int MaxOutputTokens = 256;

    public static async Task CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("""
            INSERT INTO characters
                (id, slug, name, tagline, description, style, system_prompt, greeting, temperature, accent_color, avatar)
            VALUES (@id, 'bench', 'Bench', '', '', '', @prompt, '', 0, '#000000', 'B')
            """);
        command.Parameters.AddWithValue("id", Guid.Parse(Id));
        command.Parameters.AddWithValue("prompt", SystemPrompt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
