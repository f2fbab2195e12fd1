using System.Globalization;
using Microsoft.SemanticKernel;
using Xunit;

namespace ChatApp.Tests.StandIns;

/// <summary>The rules of Semantic Kernel's template language on which the prompts rest; they hold for the package and for its stand-in.</summary>
public sealed class PromptTemplateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "")]
    [InlineData("no blocks", "no blocks")]
    [InlineData("{{$a}}", "A")]
    [InlineData("{{ $a }}", "A")]
    [InlineData("{{\n $a\t}}", "A")]
    [InlineData("<{{$a}}-{{$b}}>", "<A-B>")]
    [InlineData("{{$A}}{{$B}}", "AB")]
    [InlineData("{{$missing}}", "")]
    [InlineData("{{'text'}}", "text")]
    [InlineData("{{\"text\"}}", "text")]
    [InlineData("{{'{{'}}$a}}", "{{$a}}")]
    [InlineData("{{'}}'}}", "}}")]
    [InlineData("{{''}}", "")]
    [InlineData(@"{{'a\\b'}}", @"a\b")]
    [InlineData(@"{{'a\nb'}}", @"a\nb")]
    [InlineData("{{}}", "{{}}")]
    [InlineData("{{  }}", "{{  }}")]
    [InlineData("x{{  }}y{{$a}}", "x{{  }}yA")]
    [InlineData("{{ {{$a}}", "{{ A")]
    [InlineData("{{{$a}}", "{A")]
    [InlineData("{{{$a}}}", "{A}")]
    [InlineData("{{$a", "{{$a")]
    [InlineData("{{'open}} {{$a}}", "{{'open}} {{$a}}")]
    [InlineData("it's {{$a}}", "it's A")]
    [InlineData("} } { { {{$a}} {", "} } { { A {")]
    public async Task RenderAsync_Syntax_Renders(string template, string expected) =>
        Assert.Equal(expected, await RenderAsync(template, ("a", "A"), ("b", "B")));

    [Theory]
    [InlineData("{{$}}")]
    [InlineData("{{$a-b}}")]
    [InlineData("{{$a.b}}")]
    [InlineData("{{$a b}}")]
    [InlineData("{{$a $b}}")]
    [InlineData("{{'a' 'b'}}")]
    [InlineData("{{'a'b}}")]
    [InlineData("{{a.b.c}}")]
    [InlineData("{{a-b}}")]
    [InlineData("{{f 'x' 'y'}}")]
    [InlineData("{{f x=y}}")]
    [InlineData("{{x='y'}}")]
    public void Create_InvalidBlock_Throws(string template) =>
        Assert.Throws<KernelException>(() => new KernelPromptTemplateFactory().Create(new PromptTemplateConfig(template)));

    [Theory]
    [InlineData("{{f}}")]
    [InlineData("{{plugin.f $a}}")]
    [InlineData("{{plugin.f 'x' name=$a other='y z'}}")]
    public async Task RenderAsync_FunctionThatDoesNotExist_Throws(string template)
    {
        var created = new KernelPromptTemplateFactory().Create(new PromptTemplateConfig(template));

        await Assert.ThrowsAsync<KeyNotFoundException>(() => created.RenderAsync(new Kernel(), [], Cancellation));
    }

    [Fact]
    public async Task RenderAsync_ValueWithBlocks_IsNotParsedAgain() =>
        Assert.Equal("say {{$secret}} and {{f}}", await RenderAsync("say {{$a}}", ("a", "{{$secret}} and {{f}}"), ("secret", "x")));

    [Theory]
    [InlineData("<message role=\"system\">", "&lt;message role=&quot;system&quot;&gt;")]
    [InlineData("a & b's", "a &amp; b&#39;s")]
    [InlineData("café", "caf&#233;")]
    [InlineData("😀", "&#128512;")]
    [InlineData("漢字 – €", "漢字 – €")]
    public async Task RenderAsync_Variable_IsEncoded(string value, string expected) =>
        Assert.Equal(expected, await RenderAsync("{{$a}}", ("a", value)));

    [Fact]
    public async Task RenderAsync_TemplateText_IsNotEncoded() =>
        Assert.Equal("<b> & é A", await RenderAsync("<b> & é {{$a}}", ("a", "A")));

    [Fact]
    public async Task RenderAsync_TrustedVariable_IsNotEncodedAndOthersAre()
    {
        var config = new PromptTemplateConfig("{{$trusted}} {{$other}} {{'<v>'}}")
        {
            InputVariables = [new InputVariable { Name = "trusted", AllowDangerouslySetContent = true }, new InputVariable { Name = "other" }],
        };

        Assert.Equal("<t> &lt;o&gt; &lt;v&gt;", await RenderAsync(config, new KernelPromptTemplateFactory(), ("trusted", "<t>"), ("other", "<o>")));
    }

    [Fact]
    public async Task RenderAsync_TrustedVariableSpeltInAnotherCase_IsFoundButEncoded()
    {
        var config = new PromptTemplateConfig("{{$Trusted}}")
        {
            InputVariables = [new InputVariable { Name = "trusted", AllowDangerouslySetContent = true }],
        };

        Assert.Equal("&lt;t&gt;", await RenderAsync(config, new KernelPromptTemplateFactory(), ("trusted", "<t>")));
    }

    [Fact]
    public async Task RenderAsync_TrustingConfig_TrustsLiteralsButNoVariable()
    {
        var config = new PromptTemplateConfig("{{$a}} {{'<v>'}}") { AllowDangerouslySetContent = true };

        Assert.Equal("&lt;a&gt; <v>", await RenderAsync(config, new KernelPromptTemplateFactory(), ("a", "<a>")));
    }

    [Fact]
    public async Task RenderAsync_TrustingFactory_TrustsEverything()
    {
        var factory = new KernelPromptTemplateFactory { AllowDangerouslySetContent = true };

        Assert.Equal("<a> <v>", await RenderAsync(new PromptTemplateConfig("{{$a}} {{'<v>'}}"), factory, ("a", "<a>")));
    }

    [Fact]
    public async Task RenderAsync_ValuesThatAreNotText_AreConvertedInTheKernelsCulture()
    {
        var template = new KernelPromptTemplateFactory().Create(new PromptTemplateConfig("{{$number}} {{$lines}} {{$nothing}}."));
        var arguments = new KernelArguments { ["number"] = 1.5, ["lines"] = new List<string> { "one", "two" }, ["nothing"] = null };

        Assert.Equal("1.5 one\ntwo .", await template.RenderAsync(new Kernel(), arguments, Cancellation));
        Assert.Equal(
            "1,5 one\ntwo .",
            await template.RenderAsync(new Kernel { Culture = CultureInfo.GetCultureInfo("de-DE") }, arguments, Cancellation));
    }

    [Fact]
    public async Task RenderAsync_Defaults_AreNotApplied()
    {
        var config = new PromptTemplateConfig("[{{$a}}]") { InputVariables = [new InputVariable { Name = "a", Default = "default" }] };

        Assert.Equal("[]", await RenderAsync(config, new KernelPromptTemplateFactory()));
    }

    [Fact]
    public void Create_AddsTheVariablesThatTheTemplateUses()
    {
        var config = new PromptTemplateConfig("{{$a}} {{$A}} {{f x=$b}} {{f $c}}") { InputVariables = [new InputVariable { Name = "z" }] };

        new KernelPromptTemplateFactory().Create(config);

        Assert.Equal(["z", "a", "b", "c"], config.InputVariables.Select(v => v.Name));
    }

    [Fact]
    public void Create_AnotherFormat_Throws() => Assert.Throws<KernelException>(
        () => new KernelPromptTemplateFactory().Create(new PromptTemplateConfig("x") { TemplateFormat = "handlebars" }));

    [Fact]
    public void FromJson_ReadsTheFile()
    {
        var config = PromptTemplateConfig.FromJson("""
            {
              "name": "greet", "description": "Greets.", "template": "Hello {{$name}}",
              "input_variables": [{ "name": "name", "description": "Whom", "default": "you", "is_required": false, "allow_dangerously_set_content": true }]
            }
            """);

        Assert.Equal("greet", config.Name);
        Assert.Equal("semantic-kernel", config.TemplateFormat);
        var variable = Assert.Single(config.InputVariables);
        Assert.Equal("you", variable.Default);
        Assert.False(variable.IsRequired);
        Assert.True(variable.AllowDangerouslySetContent);
    }

    [Fact]
    public void FromJson_Unreadable_Throws()
    {
        Assert.Throws<ArgumentException>(() => PromptTemplateConfig.FromJson("{"));
        Assert.Throws<NotSupportedException>(() => PromptTemplateConfig.FromJson("""{"input_variables":[{"name":"a","default":1}]}"""));
    }

    private static Task<string> RenderAsync(string template, params (string Name, object? Value)[] values) =>
        RenderAsync(new PromptTemplateConfig(template), new KernelPromptTemplateFactory(), values);

    private static Task<string> RenderAsync(
        PromptTemplateConfig config, KernelPromptTemplateFactory factory, params (string Name, object? Value)[] values)
    {
        var arguments = new KernelArguments();
        foreach (var (name, value) in values)
        {
            arguments[name] = value;
        }

        return factory.Create(config).RenderAsync(new Kernel(), arguments, Cancellation);
    }
}
