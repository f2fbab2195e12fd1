namespace ChatApp.Api.Accounts.Passwords;

/// <summary>Words that people choose first. A password that is one or two of them, dressed up or not, is guessed early.</summary>
internal static class CommonWords
{
    public static readonly HashSet<string> All = [.. """
        password passwort passwd pass motdepasse contrasena parola secret geheim login signin account admin administrator root user guest test tester testing
        welcome willkommen bienvenue hello hallo bonjour hola letmein enter open access changeme default temp temporary master super superuser system
        computer internet google facebook windows microsoft apple android iphone samsung linux github chat
        love loveyou iloveyou ilove you lover sweet sweetheart honey baby babygirl angel princess prince queen king daddy mommy mama papa mother father
        sister brother family friend friends forever happy smile lucky summer winter spring autumn sommer herbst sunshine sunny flower rose lily
        january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
        football soccer baseball basketball hockey tennis golf rugby cricket liverpool arsenal chelsea barcelona madrid united yankees lakers cowboys
        monkey dragon tiger lion eagle wolf bear panda kitty kitten cat dog puppy horse pony bunny chicken shark dolphin butterfly spider snake
        batman superman spiderman starwars pokemon naruto minecraft matrix shadow ninja hunter killer warrior knight wizard magic ranger trooper
        michael jordan daniel david thomas robert james john joseph andrew joshua matthew anthony william alexander nicholas charlie george jack harry
        jessica jennifer ashley amanda sarah michelle nicole stephanie melissa elizabeth maria anna laura emily emma hannah sophie julia andrea martina
        black white blue green red yellow orange purple pink silver golden gold diamond crystal cookie chocolate banana apple cherry pepper ginger cheese
        coffee pizza burger whiskey mustang ferrari porsche mercedes corvette harley yamaha honda toyota
        london paris berlin newyork america england germany france canada mexico brasil india china japan texas dallas boston chicago
        freedom power money dollar rich jesus christ heaven god devil angels peace star stars moon sun earth world life
        qwerty qwertz azerty asdf zxcv yxcv abc abcd xyz qaz wsx edc qazwsx zaq xsw one two three onetwothree
        fuck fuckyou fuckoff shit bitch sexy hottie pussy trustno nothing whatever hunter rockstar guitar music player gamer
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
