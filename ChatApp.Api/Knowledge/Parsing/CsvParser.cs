using CsvHelper;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Tables of values, by CsvHelper, which also finds out what divides them.</summary>
internal sealed class CsvParser : IDocumentParser
{
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        DetectSeparatorHint = true,
        // What is not quoted properly is taken as it stands, but a quotation mark that is never closed would take the rest of the file.
        MaxRecordSize = 1024 * 1024,
    };

    public void Parse(ParserInput input, Chunker output)
    {
        var rows = new TableRows(output);
        try
        {
            using var csv = CsvReader.FromText(TextEncoding.Decode(input.Content), Options);
            while (csv.Read())
            {
                rows.Add(csv.Current.ToArray());
            }

            rows.Finish();
        }
        catch (CsvFormatException exception)
        {
            throw ParseErrors.Damaged("its rows cannot be told apart; is a quotation mark missing?", exception);
        }
    }
}
