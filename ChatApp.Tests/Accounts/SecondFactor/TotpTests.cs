using System.Text;
using ChatApp.Api.Accounts.SecondFactor;
using Xunit;

namespace ChatApp.Tests.Accounts.SecondFactor;

public sealed class TotpTests
{
    // The secret of RFC 4226, appendix D, and RFC 6238, appendix B.
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(3, "969429")]
    [InlineData(4, "338314")]
    [InlineData(5, "254676")]
    [InlineData(6, "287922")]
    [InlineData(7, "162583")]
    [InlineData(8, "399871")]
    [InlineData(9, "520489")]
    public void Code_CountersOfRfc4226_AreItsCodes(long step, string code) => Assert.Equal(code, Totp.Code(Secret, step));

    // RFC 6238 has eight digits; the last six of them are what an app with six shows.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Code_TimesOfRfc6238_AreItsCodes(long seconds, string code)
    {
        var step = Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));

        Assert.Equal(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), Totp.Truncated(Secret, step) % 100_000_000);
        Assert.Equal(code[2..], Totp.Code(Secret, step));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Find_StepsAround_AreTakenOneEachWay(int away, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = Totp.StepAt(now) + away;

        Assert.Equal(isTaken ? step : null, Totp.Find(Secret, Totp.Code(Secret, step), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("ééé")]
    public void Find_NoCode_IsNone(string code) => Assert.Null(Totp.Find(Secret, code, DateTimeOffset.UnixEpoch));

    // RFC 4648, 10, without the padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Encode_TextsOfRfc4648_AreItsTexts(string text, string encoded) => Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void QrSvg_Always_HasNothingThatAStrictPolicyRefuses()
    {
        var svg = QrSvg.Of("otpauth://totp/ChatApp:a@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ChatApp");

        var read = System.Xml.Linq.XDocument.Parse(svg);
        Assert.Equal(["svg", "rect", "path"], read.Descendants().Select(static element => element.Name.LocalName));
        Assert.DoesNotContain(read.Descendants().SelectMany(static element => element.Attributes()), static attribute => attribute.Name.LocalName is "style" or "href" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        // Three finder patterns: the first row begins and ends with seven dark modules inside a quiet zone of four.
        Assert.StartsWith("M4 4h7v1H4z", (string)read.Descendants().Last().Attribute("d")!, StringComparison.Ordinal);
    }
}
