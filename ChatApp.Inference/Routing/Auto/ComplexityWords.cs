using System.Collections.Frozen;
using System.Text;

namespace ChatApp.Inference.Routing.Auto;

/// <summary>
/// Words that say something of how hard a question is, in English, German, French and Spanish; compared in lower case, by the beginning
/// for words that have many endings. Texts in other languages are judged by the rest.
/// </summary>
internal static class ComplexityWords
{
    /// <summary>Letters of a word that are looked at.</summary>
    public const int Longest = 16;

    /// <summary>What a word says.</summary>
    public enum Kind : byte
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Something has to be thought through.</summary>
        Reasoning,

        /// <summary>Something larger has to be made.</summary>
        Making,

        /// <summary>The answer has to be of a certain kind.</summary>
        Constraint,

        /// <summary>It is about programs.</summary>
        Code,

        /// <summary>It is about mathematics.</summary>
        Maths,

        /// <summary>It is said in passing, or looked up.</summary>
        Easy,
    }

    // Written as text; a word may be cut to its stem with '*'.
    private static readonly FrozenDictionary<string, Kind> Whole;
    private static readonly FrozenDictionary<string, Kind>.AlternateLookup<ReadOnlySpan<char>> ByWhole;
    private static readonly FrozenDictionary<string, Kind>.AlternateLookup<ReadOnlySpan<char>> ByStem;
    private static readonly int[] StemLengths;

    static ComplexityWords()
    {
        var whole = new Dictionary<string, Kind>(StringComparer.Ordinal);
        var stems = new Dictionary<string, Kind>(StringComparer.Ordinal);
        Add(Kind.Reasoning, """
            why explain* compar* analy* evaluat* prove proof justif* argue* argument* trade-off* tradeoff* implication* consequen* reason* critique* critici*
            differ* distinguish* infer* deduc* optimi* diagnos* debug* investigat* assess* weigh relationship* contradict* pros cons strateg* ethic* hypothes* interpret*
            warum erklär* vergleich* analys* beweis* begründ* bewert* unterschied* abwäg* zusammenhang* folger* ursache*
            pourquoi expliqu* compare* prouve* démontr* justifie* différence* évalu* conséquen*
            cómo explica* compara* analiza* demuestra* demostra* diferencia* evalúa* razona* consecuencia* quelles
            """);
        Add(Kind.Making, """
            design* implement* architect* refactor* plan plans planning draft* develop* build* essay* report* proposal* rewrite* restructure* migrat* outline* simulat* propose* step-by-step curriculum roadmap*
            entwirf* entwickl* entwurf* implementier* plane aufsatz* bericht* überarbeit* schreibe
            conçois concev* développ* rédig* implémente* planifi*
            diseña* desarroll* redacta* elabora* planifica* implementa*
            """);
        Add(Kind.Constraint, """
            must should without exactly least most only except unless both each every between using ensure consider* assum* including respectively constraint* requirement* given while
            muss müssen ohne genau mindestens höchstens nur außer jeweils sowie dabei berücksichtig*
            doit doivent sans exactement moins seulement sauf chaque tenant
            debe deben exactamente menos solo excepto cada considerando
            """);
        Add(Kind.Code, """
            code function* python javascript typescript java rust golang kotlin sql regex* algorithm* api compil* exception* stack-trace stacktrace thread* async* deadlock* class classes struct recursion recursive
            database* query index* schema* docker kubernetes linux git bug bugs race-condition concurren* latency cache* server servers socket* websocket* network* protocol* encrypt* memory deploy* scale* unit-test* backend frontend microservice* postgres* redis null nullreference*
            funktion* algorithmus programm* datenbank* abfrage*
            fonction* algorithme* base
            función* funciones algoritmo* consulta*
            """);
        Add(Kind.Maths, """
            equation* integral* derivative* theorem* matrix matrices probabilit* polynomial* eigenvalue* converge* calculus geometr* algebra* logarithm* combinator* expected variance prime primes solve compute* inequality induction modulo
            gleichung* ableitung* satz wahrscheinlichkeit* primzahl* löse berechne*
            équation* dérivée* théorème* probabilité* résou*
            ecuación* derivada* teorema* probabilidad* resuelve* calcula*
            """);
        Add(Kind.Easy, """
            hi hello hey thanks thank bye ok okay please translate spell synonym* capital weather joke define meaning rhyme
            hallo danke tschüss bitte übersetze hauptstadt witz
            bonjour salut merci traduis capitale blague
            hola gracias adiós traduce chiste
            """);
        Whole = whole.ToFrozenDictionary(StringComparer.Ordinal);
        ByWhole = Whole.GetAlternateLookup<ReadOnlySpan<char>>();
        ByStem = stems.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        StemLengths = [.. stems.Keys.Select(static stem => stem.Length).Distinct().OrderDescending()];

        void Add(Kind kind, string words)
        {
            foreach (var word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                // Texts are looked at as bytes, so words are kept as theirs.
                var bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(word));
                if (bytes.EndsWith('*'))
                {
                    stems.TryAdd(bytes[..^1], kind);
                }
                else
                {
                    whole.TryAdd(bytes, kind);
                }
            }
        }
    }

    /// <summary>What a word says.</summary>
    /// <param name="word">The bytes of its UTF-8, each as a character; letters of ASCII in lower case.</param>
    public static Kind Of(ReadOnlySpan<char> word)
    {
        if (ByWhole.TryGetValue(word, out var kind))
        {
            return kind;
        }

        foreach (var length in StemLengths)
        {
            if (word.Length >= length && ByStem.TryGetValue(word[..length], out kind))
            {
                return kind;
            }
        }

        return Kind.None;
    }
}
