namespace ChatApp.Api.Paging;

/// <summary>The lists that have cursors; the number is inside the cursor.</summary>
internal enum CursorList : byte
{
    Characters = 1,
    Conversations = 2,
    Messages = 3,
    Memories = 4,
    Documents = 5,
    DocumentChunks = 6,
    PolicyVersions = 30,
    ModerationItems = 31,
    OwnModeration = 32,
    Audit = 20,
    People = 21,
}
