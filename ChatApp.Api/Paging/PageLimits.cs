namespace ChatApp.Api.Paging;

/// <summary>How many items a page holds: every list has the same bounds.</summary>
internal static class PageLimits
{
    public const int Default = 30;

    public const int Max = 100;

    public const string CursorMessage = "This is not a cursor of this list. Take it from an earlier answer, or leave it out to begin at the start.";
}
