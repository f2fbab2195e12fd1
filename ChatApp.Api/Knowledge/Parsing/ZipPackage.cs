using System.Buffers;
using System.IO.Compression;
using System.Xml;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Looks a zip over before a library opens it: what it would inflate to, and how its XML is nested.</summary>
internal static class ZipPackage
{
    private const int MaxEntries = 10_000;

    private const long MaxInflated = 400L * 1024 * 1024;

    /// <summary>Honest documents shrink to a tenth or so.</summary>
    private const int MaxRatio = 100;

    private const long FreeOfRatio = 20L * 1024 * 1024;

    private const long MaxXmlPart = 100L * 1024 * 1024;

    private const int MaxXmlDepth = 256;

    /// <summary>What an encrypted Office document calls its content, as its container writes it.</summary>
    private static ReadOnlySpan<byte> EncryptedPackage => "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    public static bool IsZip(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>Microsoft's container of before the zip, which encrypted documents are in.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> head) => head is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..];

    /// <summary>Has the parts inflated once, counting, without keeping anything.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mainPart">The part that makes it what it is said to be.</param>
    /// <exception cref="ParseException">It is not to be opened.</exception>
    public static void Check(byte[] content, string mainPart)
    {
        if (IsCompoundFile(content))
        {
            throw content.AsSpan().IndexOf(EncryptedPackage) >= 0
                ? ParseErrors.Encrypted()
                : ParseErrors.WrongType("This is a document of an old version of Word. Save it as .docx and upload that.");
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxEntries)
            {
                throw ParseErrors.TooComplex("it has too many parts");
            }

            if (zip.GetEntry(mainPart) is null)
            {
                throw ParseErrors.WrongType("This is not a Word document, although its name says so. Save it as .docx and upload that.");
            }

            var declared = zip.Entries.Sum(static e => e.Length);
            if (declared > MaxInflated || (declared > FreeOfRatio && declared / content.Length > MaxRatio))
            {
                throw ParseErrors.TooComplex("it inflates to a multiple of its size");
            }

            foreach (var entry in zip.Entries)
            {
                if (entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
                {
                    CheckXml(entry);
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw ParseErrors.Damaged("it cannot be unpacked", exception);
        }
    }

    private static void CheckXml(ZipArchiveEntry entry)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxXmlPart,
            IgnoreWhitespace = true,
            IgnoreComments = true,
        };
        try
        {
            using var stream = entry.Open();
            using var reader = XmlReader.Create(stream, settings);
            var buffer = ArrayPool<char>.Shared.Rent(4096);
            while (reader.Read())
            {
                if (reader.Depth > MaxXmlDepth)
                {
                    throw ParseErrors.TooComplex("its parts are nested too deeply");
                }

                // A value is not asked for whole: one may be as long as the part.
                while (reader.NodeType is XmlNodeType.Text && reader.CanReadValueChunk && reader.ReadValueChunk(buffer, 0, buffer.Length) > 0)
                {
                }
            }

            ArrayPool<char>.Shared.Return(buffer);
        }
        catch (XmlException exception)
        {
            throw ParseErrors.Damaged($"its part '{ChunkText.Line(entry.Name)}' is not proper XML, or holds what it may not", exception);
        }
    }
}
