using System.Globalization;
using System.Text;
using ChatApp.Api.Accounts;

namespace ChatApp.Api.Audit;

/// <summary>The code that chains an entry to the one before it: HMAC-SHA256 over that one's code and all of this one's fields.</summary>
internal static class AuditCode
{
    private const string Purpose = "audit";

    public static byte[] Of(SecretBox secrets, ReadOnlySpan<byte> before, AuditRow row)
    {
        var content = new MemoryStream();
        content.Write(before);
        foreach (var field in (ReadOnlySpan<string?>)
        [
            row.Id.ToString(CultureInfo.InvariantCulture),
            row.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
            row.Action,
            row.ActorKind,
            row.ActorId?.ToString(),
            row.KeyId?.ToString(),
            row.Address,
            row.SubjectKind,
            row.SubjectId,
            row.Detail,
        ])
        {
            // With its length, so that nothing can be moved from one field to the next; nothing at all is not the empty text.
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            content.Write(BitConverter.GetBytes(field is null ? -1 : bytes.Length));
            content.Write(bytes);
        }

        return secrets.Mac(Purpose, content.GetBuffer().AsSpan(0, (int)content.Length));
    }
}
