using System.Text;

namespace Microsoft.SemanticKernel;

/// <summary>Reads what stands between the braces: a variable, a quoted value, or a function with its arguments.</summary>
internal static class CodeParser
{
    public static bool IsEscapable(char character) => character is '\'' or '"' or '\\';

    public static TemplateBlock Parse(string code)
    {
        var tokens = Tokenize(code);
        var first = tokens[0];
        if (first[0] == '$')
        {
            RequireSingle(tokens, "variable", code);
            return new VariableBlock(VariableName(first));
        }

        if (first[0] is '\'' or '"')
        {
            RequireSingle(tokens, "value", code);
            return new ValueBlock(Value(first));
        }

        return Function(tokens);
    }

    private static FunctionBlock Function(List<string> tokens)
    {
        var parts = tokens[0].Split('.');
        if (parts.Length > 2)
        {
            throw new KernelException($"Invalid function name `{tokens[0]}`: it can hold one dot, between plugin and function.");
        }

        if (tokens[0].Contains('=', StringComparison.Ordinal))
        {
            throw new KernelException("Unexpected named argument found. Expected function name first.");
        }

        if (!parts.All(IsName))
        {
            throw new KernelException($"The function identifier `{tokens[0]}` contains invalid characters.");
        }

        List<string> variables = [];
        for (var i = 1; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token[0] is '$' or '\'' or '"')
            {
                if (i > 1)
                {
                    throw new KernelException($"Functions only support named arguments after the first argument. Argument {i} is not named.");
                }
            }
            else
            {
                token = NamedArgumentValue(token);
            }

            if (token[0] == '$')
            {
                variables.Add(VariableName(token));
            }
            else
            {
                Value(token);
            }
        }

        return new FunctionBlock(parts.Length == 2 ? parts[0] : string.Empty, parts[^1], variables);
    }

    private static string NamedArgumentValue(string token)
    {
        var separator = token.IndexOf('=', StringComparison.Ordinal);
        if (separator <= 0 || separator == token.Length - 1 || !IsName(token[..separator].Trim()))
        {
            throw new KernelException("A function named argument must contain a name and value separated by a '=' character.");
        }

        var value = token[(separator + 1)..].Trim();
        return value.Length > 0 && value[0] is '$' or '\'' or '"'
            ? value
            : throw new KernelException("Named argument values need to be prefixed with a quote or $.");
    }

    private static void RequireSingle(List<string> tokens, string what, string code)
    {
        if (tokens.Count > 1)
        {
            throw new KernelException($"Invalid token detected after the {what}: {code}");
        }
    }

    private static string VariableName(string token)
    {
        var name = token[1..];
        if (name.Length == 0)
        {
            throw new KernelException("The variable name is empty");
        }

        return IsName(name)
            ? name
            : throw new KernelException($"The variable name '{name}' contains invalid characters. Only alphanumeric chars and underscore are allowed.");
    }

    private static string Value(string token)
    {
        if (token.Length < 2)
        {
            throw new KernelException("A value must have single quotes or double quotes on both sides");
        }

        return token[0] == token[^1]
            ? token[1..^1]
            : throw new KernelException("A value must be defined using either single quotes or double quotes, not both");
    }

    private static bool IsName(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Splits at blanks outside quotes, resolves escapes inside them, and keeps <c>name = value</c> in one piece.</summary>
    private static List<string> Tokenize(string code)
    {
        List<string> tokens = [];
        var token = new StringBuilder();
        var quote = '\0';
        var closed = false;
        for (var i = 0; i < code.Length; i++)
        {
            var current = code[i];
            if (quote != '\0')
            {
                if (current == '\\' && i + 1 < code.Length && IsEscapable(code[i + 1]))
                {
                    token.Append(code[++i]);
                    continue;
                }

                token.Append(current);
                closed = current == quote;
                quote = closed ? '\0' : quote;
                continue;
            }

            if (current is ' ' or '\n' or '\r' or '\t')
            {
                if (token.Length > 0 && !JoinsNext(token, code, i, tokens.Count))
                {
                    tokens.Add(token.ToString());
                    token.Clear();
                    closed = false;
                }

                continue;
            }

            if (closed)
            {
                throw new KernelException("Tokens must be separated by one space least");
            }

            var opensValue = token.Length == 0 || (tokens.Count > 0 && token[^1] == '=');
            quote = opensValue && current is '\'' or '"' ? current : '\0';
            token.Append(current);
        }

        tokens.Add(token.ToString());
        return tokens;
    }

    private static bool JoinsNext(StringBuilder token, string code, int blank, int tokensBefore) =>
        tokensBefore > 0
        && token[0] is not ('$' or '\'' or '"')
        && (token[^1] == '=' || (!token.ToString().Contains('=', StringComparison.Ordinal) && code.AsSpan(blank).TrimStart() is ['=', ..]));
}
