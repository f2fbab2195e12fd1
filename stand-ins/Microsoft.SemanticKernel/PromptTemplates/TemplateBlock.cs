namespace Microsoft.SemanticKernel;

internal abstract record TemplateBlock;

/// <summary>Template text; the only block that is never encoded.</summary>
internal sealed record TextBlock(string Text) : TemplateBlock;

/// <summary><c>{{$name}}</c></summary>
internal sealed record VariableBlock(string Name) : TemplateBlock;

/// <summary><c>{{'text'}}</c>, with its escapes resolved.</summary>
internal sealed record ValueBlock(string Text) : TemplateBlock;

/// <summary><c>{{plugin.function …}}</c>; Variables are those that its arguments name.</summary>
internal sealed record FunctionBlock(string Plugin, string Function, IReadOnlyList<string> Variables) : TemplateBlock;
