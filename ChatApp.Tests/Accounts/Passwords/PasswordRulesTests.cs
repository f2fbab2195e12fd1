using ChatApp.Api.Accounts.Passwords;
using Xunit;

namespace ChatApp.Tests.Accounts.Passwords;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("password")]
    [InlineData("Password123!")]
    [InlineData("P@ssw0rd2024")]
    [InlineData("passwordpassword")]
    [InlineData("iloveyou1")]
    [InlineData("welcome2025")]
    [InlineData("dragonmonkey")]
    [InlineData("letmein!!")]
    [InlineData("12345678")]
    [InlineData("87654321")]
    [InlineData("20061984")]
    [InlineData("aaaaaaaa")]
    [InlineData("abababab")]
    [InlineData("abcabcabcabc")]
    [InlineData("abcdefgh")]
    [InlineData("qwertyuiop")]
    [InlineData("qwerty12345")]
    [InlineData("poiuytrewq")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("asdfghjkl1")]
    [InlineData("chatapp123")]
    [InlineData("ada.lovelace")]
    [InlineData("adalovelace1")]
    [InlineData("Lovelace2024")]
    [InlineData("ada.lovelace@analytical.example")]
    public void Complaint_GuessedFirst_SaysWhy(string password) =>
        Assert.NotNull(PasswordRules.Complaint(password, "ada.lovelace@analytical.example", "Ada Lovelace"));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("a long enough secret")]
    [InlineData("another password")]
    [InlineData("only-for-this-run")]
    [InlineData("xK9#mQ2vL")]
    [InlineData("teapot umbrella nine")]
    [InlineData("lovelace wrote the first program")]
    [InlineData("Grüne Ameisen schlafen")]
    [InlineData("ですからそうなのです")]
    [InlineData("4815162342108")]
    public void Complaint_Others_HasNone(string password) =>
        Assert.Null(PasswordRules.Complaint(password, "ada.lovelace@analytical.example", "Ada Lovelace"));

    [Fact]
    public void Complaint_Long_TakesNoTime()
    {
        // Every step is bounded by the 128 characters; a text of any length is refused for its length alone.
        Assert.NotNull(PasswordRules.Complaint(new string('a', 100_000), "a@example.org", "A"));
        Assert.Null(PasswordRules.Complaint(string.Concat(Enumerable.Range(0, 16).Select(static i => $"{(char)('a' + i)}Zz{i:D2}!ü-"))[..128], "a@example.org", "A"));
    }
}
