using ChatApp.Api.Models;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Models;

public sealed class ModelCatalogTests
{
    private readonly ModelOptions _options = new() { Default = "tiny-chat", BuiltIn = true };

    [Theory]
    [InlineData(null, "tiny-chat", "persona-small")]
    [InlineData("", "tiny-chat", "persona-small")]
    [InlineData("large", "large", "persona")]
    public void Find_NameOrNone_GivesTheProfile(string? name, string model, string template)
    {
        var profile = Catalog().Find(name);

        Assert.Equal(model, profile.Name);
        Assert.Equal(template, profile.Template);
    }

    [Fact]
    public void Find_DefaultThatIsNotBuiltIn_IsAUsualModel()
    {
        _options.BuiltIn = false;

        Assert.Equal(ModelProfile.Usual("tiny-chat"), Catalog().Find(null));
    }

    [Fact]
    public void Find_ModelWithSettings_HasThemAndTheRestByDefault()
    {
        _options.Profiles["large"] = new ModelProfileOptions { HistoryTokens = 100_000, Temperature = 0.2f };

        Assert.Equal(ModelProfile.Usual("large") with { HistoryTokens = 100_000, Temperature = 0.2f }, Catalog().Find("large"));
    }

    [Theory]
    [InlineData(null, null, 1024, null)]
    [InlineData(4096, null, 1024, 4096)]
    [InlineData(512, null, 512, 512)]
    [InlineData(4096, 2048, 2048, 4096)]
    public void Find_Context_IsTheProfilesOrTheCommonOneButNotMoreThanTheBuiltInModelLearned(int? common, int? own, int builtIn, int? other)
    {
        _options.ContextTokens = common;
        _options.Profiles["tiny-chat"] = new ModelProfileOptions { ContextTokens = own };

        Assert.Equal((builtIn, other), (Catalog().Find(null).ContextTokens, Catalog().Find("large").ContextTokens));
    }

    [Fact]
    public void Find_ModelWithATargetOutside_IsOutsideUnlessItsProfileSaysOtherwise()
    {
        _options.OutsideModels = ["big", "trusted"];
        _options.Profiles["trusted"] = new ModelProfileOptions { Outside = false };

        Assert.Equal((true, false, false), (Catalog().Find("big").IsOutside, Catalog().Find("trusted").IsOutside, Catalog().Find("tiny-chat").IsOutside));
    }

    private ModelCatalog Catalog() => new(Options.Create(_options));
}
