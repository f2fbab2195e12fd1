using Microsoft.Playwright;

namespace ChatApp.Tests.Browser;

/// <summary>A page in one theme and size, looked at again and again while a test goes through it.</summary>
internal sealed record Looks(Person Person, ColorScheme Theme, bool OnPhone)
{
    /// <summary>A phone as wide as most.</summary>
    public async Task ResizeAsync() => await Person.Page.SetViewportSizeAsync(OnPhone ? 390 : 1280, OnPhone ? 844 : 800);

    /// <summary>Fails where it is not accessible or wider than the window, and takes a picture.</summary>
    public async Task LookAsync(string what)
    {
        var name = $"{what}-{Theme.ToString().ToLowerInvariant()}{(OnPhone ? "-phone" : "")}";
        await Person.AssertAccessibleAsync(name);
        await Person.AssertFitsAsync(name);
        await Person.PictureAsync(name);
    }
}
