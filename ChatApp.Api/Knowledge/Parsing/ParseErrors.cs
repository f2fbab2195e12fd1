using System.Globalization;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Why documents cannot be read, in words for whoever uploaded them.</summary>
internal static class ParseErrors
{
    public const string TooComplexCode = "too_complex";

    public const string TooComplexDetail = "Reading the document would take more memory than it may. Split it, or save its text alone.";

    public const string TooSlowCode = "too_slow";

    public const string TooSlowDetail = "Reading the document took too long. Split it into smaller ones, or save its text alone.";

    public const string GivenUpCode = "given_up";

    public const string GivenUpDetail = "The document could not be read in several attempts. Delete it and upload it again; if that does not help, save its text alone.";

    public static ParseException Encrypted() => new("encrypted", "The document is protected with a password. Save it without one and upload it again.");

    public static ParseException Damaged(string what, Exception? inner = null) =>
        new("damaged", $"The document is damaged: {what}. Open it in the program that made it, save it again and upload that.", inner);

    public static ParseException WrongType(string what) => new("wrong_type", what);

    public static ParseException NoText() =>
        new("no_text", "There is no text in the document. If it is a scan, run text recognition (OCR) over it first.");

    public static ParseException TooManyPages(int pages, int most) => new(
        "too_many_pages", string.Create(CultureInfo.InvariantCulture, $"The document has {pages:N0} pages; {most:N0} are the most. Split it into smaller ones."));

    public static ParseException TooManyChunks(int most) => new(
        "too_many_chunks", string.Create(CultureInfo.InvariantCulture, $"The document has more text than can be kept ({most:N0} pieces of about a thousand characters). Split it, or upload the part that matters."));

    public static ParseException TooManyChunksTogether(int most) => new(
        "too_many_chunks", string.Create(CultureInfo.InvariantCulture, $"With this document there would be more text than can be searched together ({most:N0} pieces of about a thousand characters). Delete another one first."));

    public static ParseException TooComplex(string what) => new(TooComplexCode, $"The document is built in a way that would take too much to read: {what}. Save its text alone and upload that.");
}
