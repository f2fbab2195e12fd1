using System.Text;
using ChatApp.Api.Models;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Injection;
using ChatApp.Tests.Turns;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Moderation.Injection;

public sealed class CanaryTests
{
    private static readonly Guid Character = Guid.Parse("01980000-0000-7000-8000-0000000000bb");
    private static readonly Canary Marks = Make("a-key", TimeProvider.System);
    private static readonly CanaryDetector Detector = new(Marks);

    public static TheoryData<string> Leaks => new(Ways(Marks.Of(Character)));

    [Theory]
    [MemberData(nameof(Leaks))]
    public void Scan_MarkInAnyWriting_IsFound(string text)
    {
        var found = Assert.Single(Detector.Scan(text));

        Assert.InRange(found.Start, 0, text.Length - 1);
        Assert.InRange(found.Start + found.Length, 1, text.Length);
        Assert.False(Enum.IsDefined(found.Category));
    }

    [Fact]
    public void Scan_WhatOnlyLooksLikeAMark_IsNotFound()
    {
        var mark = Marks.Of(Character);

        Assert.Empty(Detector.Scan("cn" + new string('a', 24)));
        Assert.Empty(Detector.Scan(mark[..^1] + (mark[^1] == 'a' ? 'b' : 'a')));
        Assert.Empty(Detector.Scan("The acne can count on cnn and technical connections: https://example.org/cnabcdefgh"));
        Assert.Empty(new CanaryDetector(Make("another-key", TimeProvider.System)).Scan(mark));
    }

    [Fact]
    public void Of_SameDay_IsTheSameAndAnotherTheNext()
    {
        var time = new ManualTime();
        var marks = Make("a-key", time);
        var (first, other) = (marks.Of(Character), marks.Of(Guid.NewGuid()));

        Assert.Equal(Canary.Length, first.Length);
        Assert.Equal(first, Make("a-key", time).Of(Character));
        Assert.NotEqual(first, other);
        time.Advance(TimeSpan.FromHours(25));
        Assert.NotEqual(first, marks.Of(Character));
    }

    [Fact]
    public void Undecided_PiecesOfAMark_AreHeldUntilItIsWhole()
    {
        var mark = Marks.Of(Character);
        var text = $"My code is {string.Join(' ', mark.AsEnumerable())}";
        var begin = text.IndexOf("c n", StringComparison.Ordinal);

        for (var length = begin + 3; length < text.Length; length++)
        {
            var part = text[..length];
            Assert.Empty(Detector.Scan(part));
            Assert.InRange(Detector.Undecided(Answer(part)), length - begin, length);
        }

        Assert.Single(Detector.Scan(text));
        Assert.Equal(0, Detector.Undecided(Answer("What a fine day it is")));
    }

    [Fact]
    public async Task Detect_WhatThePersonWrote_IsTheirs() =>
        Assert.Empty(await Detector.DetectAsync(new ModeratedText(Marks.Of(Character), ModerationSource.Message, Guid.NewGuid()), TestContext.Current.CancellationToken));

    [Fact]
    public void Mask_Mark_IsCoveredAndTheRestStays()
    {
        var mark = Marks.Of(Character);

        Assert.Equal("never write … or cn or acnx", Canary.Mask($"never write {mark} or cn or acnx"));
    }

    private static string[] Ways(string mark) =>
    [
        mark,
        $"It is {mark}.",
        mark.ToUpperInvariant(),
        string.Join(' ', mark.AsEnumerable()),
        string.Join("-", mark.AsEnumerable()),
        $"`{mark[..9]}` and `{mark[9..]}`"[..11] + mark[9..],
        string.Concat(mark.Reverse()),
        Convert.ToHexString(Encoding.ASCII.GetBytes(mark)),
        Convert.ToBase64String(Encoding.ASCII.GetBytes(mark)),
        Convert.ToBase64String(Encoding.ASCII.GetBytes("code: " + mark + " end")),
        "x" + Convert.ToBase64String(Encoding.ASCII.GetBytes(mark)),
    ];

    private static ModeratedText Answer(string text) => new(text, ModerationSource.Answer, Guid.NewGuid());

    private static Canary Make(string key, TimeProvider time) => new(Options.Create(new InferenceOptions { Key = key }), time);
}
