using System.Globalization;
using System.Text;
using QRCoder;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>QR codes as SVG that a strict content security policy lets be shown: one path, no style, no script.</summary>
internal static class QrSvg
{
    public static string Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {rows.Count} {rows.Count}\" shape-rendering=\"crispEdges\">");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"");
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var from = x;
                while (x < rows[y].Length && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    svg.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1H{from}z");
                }
            }
        }

        return svg.Append("\"/></svg>").ToString();
    }
}
