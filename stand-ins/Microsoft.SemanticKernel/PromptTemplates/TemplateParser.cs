namespace Microsoft.SemanticKernel;

/// <summary>Cuts a template into text and the blocks between <c>{{</c> and <c>}}</c>.</summary>
internal static class TemplateParser
{
    // The shortest block that holds something; a template below that is text whatever it says.
    private const int ShortestBlock = 5;

    public static List<TemplateBlock> Parse(string template)
    {
        if (template.Length < ShortestBlock)
        {
            return [new TextBlock(template)];
        }

        List<TemplateBlock> blocks = [];
        var textStart = 0;
        var open = -1;
        var quote = '\0';
        for (var i = 0; i < template.Length - 1; i++)
        {
            var (current, next) = (template[i], template[i + 1]);
            if (quote == '\0' && current == '{' && next == '{')
            {
                // A later opening wins: "{{ {{x}}" is the text "{{ " and the block "{{x}}".
                open = i;
            }

            if (open < 0)
            {
                continue;
            }

            if (quote != '\0')
            {
                if (current == '\\' && CodeParser.IsEscapable(next))
                {
                    i++;
                }
                else if (current == quote)
                {
                    quote = '\0';
                }
            }
            else if (current is '\'' or '"')
            {
                quote = current;
            }
            else if (current == '}' && next == '}')
            {
                if (open > textStart)
                {
                    blocks.Add(new TextBlock(template[textStart..open]));
                }

                var code = template[(open + 2)..i].Trim();
                textStart = i + 2;
                blocks.Add(code.Length == 0 ? new TextBlock(template[open..textStart]) : CodeParser.Parse(code));
                open = -1;
            }
        }

        if (textStart < template.Length)
        {
            blocks.Add(new TextBlock(template[textStart..]));
        }

        return blocks;
    }
}
