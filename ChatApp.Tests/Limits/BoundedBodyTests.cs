using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using ChatApp.Api.Limits.Surface;
using ChatApp.Tests.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>Every text and every list that a route reads has a bound of its own. The route table says which those are.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class BoundedBodyTests(LimitedHosts hosts) : IClassFixture<LimitedHosts>
{
    [Fact]
    public void Bodies_OfEveryRoute_BoundEveryTextAndList()
    {
        var bodies = hosts.One.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(static e => e.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)
            .OfType<Type>().Where(static t => t != typeof(IFormFile)).Distinct().ToList();

        Assert.True(bodies.Count > 10);
        Assert.Empty(bodies.SelectMany(static b => Unbounded(b, b.Name)));
    }

    [Theory]
    [InlineData(typeof(WithText))]
    [InlineData(typeof(WithList))]
    [InlineData(typeof(WithTexts))]
    [InlineData(typeof(Around))]
    public void Unbounded_OfWhatHasNoBound_FindsIt(Type body) => Assert.Single(Unbounded(body, body.Name));

    private static IEnumerable<string> Unbounded(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.GetIndexParameters() is []))
        {
            var attributes = property.GetCustomAttributes()
                .Concat(type.GetConstructors().SelectMany(static c => c.GetParameters()).Where(p => p.Name == property.Name).SelectMany(static p => p.GetCustomAttributes()))
                .ToList();
            foreach (var found in Unbounded(property.PropertyType, attributes, $"{path}.{property.Name}"))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<string> Unbounded(Type type, List<Attribute> attributes, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return attributes.Any(static a => a is StringLengthAttribute or MaxLengthAttribute) ? [] : [path];
        }

        if (type.IsAssignableTo(typeof(IDictionary)) || type.Name.Contains("Dictionary", StringComparison.Ordinal))
        {
            // The names of an enum are as many as it has.
            var (key, value) = (type.GetGenericArguments()[0], type.GetGenericArguments()[1]);
            return [.. key.IsEnum || attributes.OfType<MaxLengthAttribute>().Any() ? [] : new[] { path }, .. value.IsEnum ? [] : Unbounded(value, path + "[]")];
        }

        if (type.IsAssignableTo(typeof(IEnumerable)))
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments().Single();
            var isBounded = attributes.Any(static a => a is MaxLengthAttribute or LengthAttribute) && (element != typeof(string) || attributes.OfType<EachLengthAttribute>().Any());
            return [.. isBounded ? [] : new[] { path }, .. element == typeof(string) ? [] : Unbounded(element, [], path + "[]")];
        }

        return type.Namespace?.StartsWith("ChatApp", StringComparison.Ordinal) == true && !type.IsEnum ? Unbounded(type, path) : [];
    }

    internal sealed record WithText(string Text);

    internal sealed record WithList(IReadOnlyList<int> Numbers);

    internal sealed record WithTexts([MaxLength(3)] IReadOnlyList<string> Texts);

    internal sealed record Around([MaxLength(3)] IReadOnlyList<WithText> Inner);
}
