using System.Globalization;
using System.Text;

namespace ChatApp.Api.Moderation.Detectors.Text;

/// <summary>
/// What a character is read as: lower case, without accents, and as the Latin letter that it looks like, whatever alphabet it was taken from.
/// </summary>
internal static class LookAlikes
{
    // Letters of other alphabets that pass for Latin ones, and those that compatibility decomposition leaves as they are.
    private const string Pairs =
        "аa вb сc ԁd еe ғf ԍg һh іi ӏl јj кk мm нh оo рp ԛq гr ѕs тt υu ѵv ѡw хx уy зз бб ёe їi ɑa αa βb ϲc δd εe φf ɡg ηn ιi κk νv οo ρp σo τt χx γy ωw ζz λl μu "
        + "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz "
        + "ıi łl øo đd ħh ŧt ɩi ɨi ʃs ƒf ƙk ɓb ɗd ƴy ȷj ſs þp ðd æa œo ꞓc ʋv ɯw աw օo սu ոn հh ցg քp ѳo ɵo ə3 ⅼl ⅰi ⅽc ⅾd ⅿm ⲟo ⲣp ꮯc ꭰd ꮪs ꮮl";

    private const int CircledBegin = 0x1F130;
    private const int CircledEnd = 0x1F189;
    private const int FlagBegin = 0x1F1E6;
    private const int FlagEnd = 0x1F1FF;

    private static readonly Dictionary<int, string> Known = Pairs.Split(' ').ToDictionary(static p => (int)p[0], static p => p[1..]);

    // Every rune is taken apart once a process: no lock, for whoever comes second writes the same.
    private static readonly string?[] Seen = new string?[0x20000];

    /// <summary>What the rune is read as: nothing, a letter, or a few.</summary>
    public static string Read(Rune rune) => rune.Value < Seen.Length ? Seen[rune.Value] ??= Fold(rune) : IsIgnored(rune) ? "" : " ";

    private static string Fold(Rune rune)
    {
        if (IsIgnored(rune))
        {
            return "";
        }

        if (rune.Value is >= CircledBegin and <= CircledEnd)
        {
            // Squared and circled capitals come in rows of 26 letters, 32 apart.
            return (rune.Value - CircledBegin) % 32 is var letter and < 26 ? ((char)('a' + letter)).ToString() : " ";
        }

        if (rune.Value is >= FlagBegin and <= FlagEnd)
        {
            return ((char)('a' + rune.Value - FlagBegin)).ToString();
        }

        var folded = new StringBuilder();
        foreach (var part in Decompose(rune).EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(part);
            if (Rune.GetUnicodeCategory(lower) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark)
            {
                continue;
            }

            folded.Append(lower.Value switch
            {
                'ß' => "ss",
                '’' or 'ʼ' or '‘' or '`' or '´' or '′' => "'",
                _ => Known.GetValueOrDefault(lower.Value) ?? lower.ToString(),
            });
        }

        return folded.ToString();
    }

    private static string Decompose(Rune rune) => rune.Value is '´' or '`' ? "'" : rune.ToString().Normalize(NormalizationForm.FormKD);

    // What is not seen: joiners, direction marks, soft hyphens, tags, variation selectors, and marks upon a letter.
    private static bool IsIgnored(Rune rune) =>
        rune.Value is 0x00AD or 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or (>= 0xE0000 and <= 0xE0FFF)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
