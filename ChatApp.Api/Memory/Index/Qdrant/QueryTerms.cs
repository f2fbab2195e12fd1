using ChatApp.Api.Database;
using ChatApp.Api.Memory.Index.Qdrant.Wire;
using ChatApp.Api.Retrieval;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Makes of what a person wrote what is looked for, by the same parser that made the memories' terms.</summary>
internal sealed class QueryTerms(NpgsqlDataSource database, TextAnalysis analysis)
{
    // Words of before help to tell, and must not take over.
    private const float ContextWeight = 0.25f;

    public async Task<SparseVector> ReadAsync(MemorySearch search, CancellationToken cancellationToken)
    {
        var row = await database.FirstOrDefaultAsync<Row>("""
            SELECT tsvector_to_array(to_tsvector(@Language::regconfig, @Text)) AS text,
                tsvector_to_array(to_tsvector(@Language::regconfig, @Context)) AS context,
                tsvector_to_array(to_tsvector(@Language::regconfig, @UserName)) AS user_name,
                tsvector_to_array(to_tsvector(@Language::regconfig, @CharacterName)) AS character_name
            """, new
        {
            analysis.Language,
            Text = Prepare(search.Text),
            Context = Prepare(search.Context),
            UserName = Prepare(search.UserName),
            CharacterName = Prepare(search.CharacterName),
        }, cancellationToken);
        var weights = new Dictionary<uint, float>();
        foreach (var term in row!.Context)
        {
            weights[TermVectors.Number(term)] = ContextWeight;
        }

        foreach (var term in row.Text)
        {
            weights[TermVectors.Number(term)] = 1;
        }

        if (row.Text.Length > 0)
        {
            Name(row.UserName, TermVectors.SaidByUser);
            Name(row.CharacterName, TermVectors.SaidByCharacter);
        }

        return TermVectors.OfQuery(weights);

        void Name(string[] name, string saidBy)
        {
            if (name.Length > 0 && row.Text.Intersect(name, StringComparer.Ordinal).Any())
            {
                weights[TermVectors.Number(saidBy)] = 1;
            }
        }
    }

    // Postgres takes any character but one.
    private static string Prepare(string text) => TextAnalysis.Prepare(text.Replace('\0', ' '));

    private sealed record Row
    {
        public string[] Text { get; init; } = [];

        public string[] Context { get; init; } = [];

        public string[] UserName { get; init; } = [];

        public string[] CharacterName { get; init; } = [];
    }
}
