using System.Net;
using System.Text.RegularExpressions;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Characters;

[Trait("Category", "Integration")]
public sealed partial class CharacterTests(StackFixture stack)
{
    [Fact]
    public async Task List_Anonymous_OffersFourDifferentCharacters()
    {
        using var client = stack.CreateApiClient();

        using var response = await client.GetAsync("/api/characters", TestContext.Current.CancellationToken);
        var characters = (await ApiUser.JsonAsync(response))["items"]!.AsArray();

        Assert.Equal(["Mira", "Aldous", "Unit 7", "Evelyn"], characters.Select(static c => (string)c!["name"]!));
        Assert.All(characters, static character =>
        {
            Assert.Matches(Colour(), (string)character!["accentColor"]!);
            Assert.NotEmpty((string)character["greeting"]!);
            Assert.Equal(3, character["starters"]!.AsArray().Count);
            Assert.Null(character["systemPrompt"]);
        });
        Assert.Equal(4, characters.Select(static c => (string)c!["accentColor"]!).Distinct().Count());
    }

    [Fact]
    public async Task List_PageByPage_GivesEachOnce()
    {
        using var client = stack.CreateApiClient();
        var names = new List<string>();
        string? cursor = null;
        do
        {
            using var response = await client.GetAsync($"/api/characters?limit=3&cursor={cursor}", TestContext.Current.CancellationToken);
            var page = await ApiUser.JsonAsync(response);
            names.AddRange(page["items"]!.AsArray().Select(static c => (string)c!["name"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(["Mira", "Aldous", "Unit 7", "Evelyn"], names);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?limit=many")]
    [InlineData("?cursor=garbage")]
    public async Task List_BadPage_IsAProblem(string query)
    {
        using var client = stack.CreateApiClient();

        using var response = await client.GetAsync("/api/characters" + query, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("01980000-0000-7000-8000-000000000002", HttpStatusCode.OK)]
    [InlineData("01980000-0000-7000-8000-0000000000ff", HttpStatusCode.NotFound)]
    [InlineData("aldous", HttpStatusCode.NotFound)]
    public async Task Get_ById_FindsItOrNot(string id, HttpStatusCode expected)
    {
        using var client = stack.CreateApiClient();

        using var response = await client.GetAsync($"/api/characters/{id}", TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [GeneratedRegex("^#[0-9a-f]{6}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();
}
