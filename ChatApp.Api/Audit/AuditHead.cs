namespace ChatApp.Api.Audit;

/// <summary>The row of <c>audit_head</c>: the log's two ends.</summary>
internal sealed record AuditHead
{
    public const string Columns = "last_id, last_code, anchor_id, anchor_code, seal";

    /// <summary>
    /// Reads it, and keeps others from adding until the transaction ends. The newest number in the log may be from before that wait, and is
    /// then less than the head's.
    /// </summary>
    public const string Lock = $"""
        SELECT {Columns}, xmin = pg_current_xact_id()::xid AS is_uncommitted, coalesce((SELECT max(id) FROM audit_log), 0) AS newest_id
        FROM audit_head FOR UPDATE
        """;

    /// <summary>Writes it; one that somebody took away is put back, as one that was not sealed by us.</summary>
    public const string Write = """
        INSERT INTO audit_head (last_id, last_code, anchor_id, anchor_code, seal) VALUES (@LastId, @LastCode, @AnchorId, @AnchorCode, @Seal)
        ON CONFLICT (only_row) DO UPDATE SET last_id = @LastId, last_code = @LastCode, anchor_id = @AnchorId, anchor_code = @AnchorCode, seal = @Seal
        """;

    /// <summary>The newest entry; 0 when there never was one.</summary>
    public long LastId { get; init; }

    public byte[] LastCode { get; init; } = [];

    /// <summary>The entry before the first that is still there; 0 when none was removed.</summary>
    public long AnchorId { get; init; }

    public byte[] AnchorCode { get; init; } = [];

    public byte[]? Seal { get; init; }

    /// <summary>The newest entry that the log has, where it was asked for.</summary>
    public long NewestId { get; init; }

    /// <summary>Whether this very transaction wrote it.</summary>
    public bool IsUncommitted { get; init; }

    /// <summary>Whether nothing was ever written.</summary>
    public bool IsNew => Seal is null && LastId == 0;
}
