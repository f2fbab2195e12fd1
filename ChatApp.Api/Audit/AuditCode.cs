using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatApp.Api.Accounts;

namespace ChatApp.Api.Audit;

/// <summary>The codes that show whether the log is as it was written: HMAC-SHA256 by a key that is not in the database.</summary>
internal static class AuditCode
{
    private const string EntryPurpose = "audit";
    private const string HeadPurpose = "audit-head";

    /// <summary>What an entry is chained to when the one before it is not to be trusted: no code of ours, so the break stays to be seen.</summary>
    public static ReadOnlySpan<byte> Broken => "broken"u8;

    /// <summary>An entry's code: over the code of the one before it and all of its own fields.</summary>
    public static byte[] Of(SecretBox secrets, ReadOnlySpan<byte> before, AuditRow row) => secrets.Mac(EntryPurpose, Content(
        before,
        Number(row.Id),
        Number(row.At.UtcTicks),
        row.Action,
        row.ActorKind,
        row.ActorId?.ToString(),
        row.KeyId?.ToString(),
        row.Address,
        row.SubjectKind,
        row.SubjectId,
        row.Detail));

    /// <summary>The head with the seal that belongs to it.</summary>
    public static AuditHead Seal(SecretBox secrets, AuditHead head) => head with { Seal = SealOf(secrets, head) };

    /// <summary>Whether the head is as it was sealed, or the first of all.</summary>
    public static bool IsSealed(SecretBox secrets, AuditHead head) =>
        head.IsNew || (head.Seal is not null && CryptographicOperations.FixedTimeEquals(head.Seal, SealOf(secrets, head)));

    private static byte[] SealOf(SecretBox secrets, AuditHead head) =>
        secrets.Mac(HeadPurpose, Content([], Number(head.LastId), Convert.ToHexString(head.LastCode), Number(head.AnchorId), Convert.ToHexString(head.AnchorCode)));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Each with its length, so that nothing can be moved from one field to the next; nothing at all is not the empty text.
    private static byte[] Content(ReadOnlySpan<byte> before, params ReadOnlySpan<string?> fields)
    {
        using var content = new MemoryStream();
        content.Write(before);
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            content.Write(BitConverter.GetBytes(field is null ? -1 : bytes.Length));
            content.Write(bytes);
        }

        return content.ToArray();
    }
}
