using ChatApp.Api.Knowledge.Uploads;
using Xunit;

namespace ChatApp.Tests.Knowledge;

public sealed class DocumentNameTests
{
    [Theory]
    [InlineData("notes.txt", "notes.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\ada\notes.md", "notes.md")]
    [InlineData("a\0b\r\nc\u202e.txt", "abc.txt")]
    [InlineData("two\u00a0words.txt", "two words.txt")]
    [InlineData(" .. ", "document")]
    [InlineData(null, "document")]
    public void Clean_WhatWasSent_WhatCanBeShown(string? sent, string expected) => Assert.Equal(expected, DocumentName.Clean(sent));

    [Fact]
    public void Clean_TooLong_KeepsTheExtension()
    {
        var name = DocumentName.Clean(string.Concat(Enumerable.Repeat("😀", 300)) + ".docx");
        Assert.EndsWith("….docx", name, StringComparison.Ordinal);
        Assert.InRange(name.Length, 198, 200);
        Assert.True(name.IsNormalized());
    }
}
