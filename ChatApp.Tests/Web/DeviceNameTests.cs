using ChatApp.Web.Account.Settings;
using Xunit;

namespace ChatApp.Tests.Web;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData(null, "An unknown device")]
    [InlineData("x", "An unknown device")]
    [InlineData("curl/8.1", "curl")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1", "Safari on an iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15", "Safari on a Mac")]
    public void Of_WhatABrowserCallsItself_IsWhatAPersonCallsIt(string? userAgent, string expected) => Assert.Equal(expected, DeviceName.Of(userAgent));
}
