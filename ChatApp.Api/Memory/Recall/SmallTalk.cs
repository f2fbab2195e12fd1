using System.Text;

namespace ChatApp.Api.Memory.Recall;

/// <summary>
/// Tells messages that ask for nothing and say nothing to be reminded by: greetings, thanks, a word of assent. A message that has
/// anything else in it is none.
/// </summary>
internal static class SmallTalk
{
    // Longer ones say something.
    private const int MostWords = 10;

    private static readonly HashSet<string> Phrases = new(
        """
        hi|hello|hey|hiya|howdy|yo|hi there|hello there|hey there|greetings|good morning|good afternoon|good evening|good night|good day|morning|evening|night
        how are you|how are you doing|how are you today|how are you doing today|how r u|how do you do|how is it going|hows it going|how's it going|what's up|whats up|sup|wassup
        nice to meet you|nice to see you|good to see you|bye|goodbye|bye bye|good bye|see you|see ya|see you later|see you soon|see you tomorrow|later|take care|have a nice day|have a good day|sleep well|sweet dreams|talk to you later|ttyl|gotta go|i have to go|i'm back|im back
        thanks|thank you|thank you so much|thank you very much|thanks a lot|thanks so much|many thanks|thx|ty|cheers|much appreciated|no thanks|no thank you|you're welcome|youre welcome|no problem|no worries
        ok|okay|k|kk|alright|all right|fine|sure|yes|yeah|yep|yup|no|nope|nah|right|exactly|of course|got it|i see|makes sense|sounds good|sounds great|agreed|true|indeed|please|sorry|oops
        cool|nice|great|awesome|perfect|wonderful|amazing|lovely|good|very good|well done|wow|oh|ah|hm|hmm|lol|lmao|rofl|haha|hahaha|hehe|xd|so|well|and you|you too|me too|same|again|too|very|really|that's great|thats great|that's nice|i love you|love you
        hallo|moin|servus|grüß dich|guten morgen|guten tag|guten abend|gute nacht|wie geht's|wie gehts|wie geht es dir|danke|danke schön|dankeschön|vielen dank|danke dir|bitte|tschüss|tschüs|bis bald|bis später|bis morgen|ja|nein|genau|klar|gut|super|prima|alles klar|schön
        salut|bonjour|bonsoir|bonne nuit|coucou|ça va|comment ça va|comment vas-tu|merci|merci beaucoup|de rien|au revoir|à bientôt|à demain|oui|non|d'accord|bien|très bien|s'il te plaît
        hola|buenos días|buenas tardes|buenas noches|qué tal|cómo estás|gracias|muchas gracias|de nada|adiós|hasta luego|hasta mañana|sí|si|vale|claro|bueno|muy bien|por favor
        ciao|buongiorno|buonasera|buonanotte|come stai|come va|grazie|grazie mille|prego|arrivederci|a presto|va bene|sì|certo|bene
        olá|oi|bom dia|boa tarde|boa noite|tudo bem|como vai|obrigado|obrigada|muito obrigado|muito obrigada|tchau|até logo|sim|não|tá bom
        hoi|goedemorgen|goedemiddag|goedenavond|goedenacht|hoe gaat het|dank je|dank je wel|bedankt|doei|tot ziens|nee|prima|goed
        cześć|hej|dzień dobry|dobry wieczór|dobranoc|jak się masz|dziękuję|dzięki|do widzenia|pa|tak|nie
        привет|здравствуй|здравствуйте|доброе утро|добрый день|добрый вечер|спокойной ночи|как дела|спасибо|большое спасибо|пока|да|нет|хорошо|ладно
        merhaba|selam|günaydın|iyi akşamlar|iyi geceler|nasılsın|teşekkürler|teşekkür ederim|görüşürüz|evet|hayır|tamam
        你好|您好|早上好|晚上好|晚安|谢谢|谢谢你|多谢|再见|好的|好|是的|嗯|你好吗|哈哈
        こんにちは|おはよう|おはようございます|こんばんは|おやすみ|おやすみなさい|ありがとう|ありがとうございます|さようなら|またね|はい|いいえ|元気|元気ですか
        안녕|안녕하세요|감사합니다|고마워|잘자|네|아니요|좋아요
        """.Split(['|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        StringComparer.Ordinal);

    private static readonly int LongestPhrase = Phrases.Max(static p => p.Count(static c => c == ' ') + 1);

    /// <summary>Whether the text is nothing but small talk, a name by which somebody is addressed included.</summary>
    public static bool Is(string text, params ReadOnlySpan<string> names)
    {
        var words = Words(text);
        if (words.Count > MostWords)
        {
            return false;
        }

        for (var at = 0; at < words.Count;)
        {
            var length = Math.Min(LongestPhrase, words.Count - at);
            while (length > 0 && !Phrases.Contains(string.Join(' ', words.GetRange(at, length))))
            {
                length--;
            }

            if (length == 0 && !IsName(words[at], names))
            {
                return false;
            }

            at += Math.Max(1, length);
        }

        return true;
    }

    private static bool IsName(string word, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (name.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Letters and digits, with apostrophes and hyphens within; what is left of emoji and punctuation is nothing.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).Replace('’', '\'').ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && rune.Value is '\'' or '-'))
            {
                word.Append(rune);
            }
            else
            {
                End();
            }
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString().TrimEnd('\'', '-'));
                word.Clear();
            }
        }
    }
}
