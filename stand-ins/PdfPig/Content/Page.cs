namespace UglyToad.PdfPig.Content;

public sealed class Page
{
    internal Page(int number, string text)
    {
        Number = number;
        Text = text;
    }

    public int Number { get; }

    public string Text { get; }
}
