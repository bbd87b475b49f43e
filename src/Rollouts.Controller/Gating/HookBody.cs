using System.Globalization;
using System.Text;

namespace Rollouts.Controller.Gating;

/// <summary>The beginning of an answer's body as a few words on one line.</summary>
internal static class HookBody
{
    /// <summary>Bytes that are read; what comes after them is not waited for.</summary>
    public const int MostRead = 4096;

    private const int MostShown = 200;

    /// <summary>Reads until there is enough; a body that breaks off, or does not end in time, is as far as it came.</summary>
    public static async Task<string> ReadAsync(HttpContent content, HookMask mask, CancellationToken cancellation)
    {
        var bytes = new byte[MostRead];
        var (length, isWhole) = (0, false);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellation);
            while (length < bytes.Length && !isWhole)
            {
                var more = await stream.ReadAsync(bytes.AsMemory(length), cancellation);
                length += more;
                isWhole = more == 0;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or HttpRequestException)
        {
            // The status has come, and it decides; the body is for the reader.
        }
        return Shown(mask.Apply(OneLine(Encoding.UTF8.GetString(bytes, 0, length)), !isWhole));
    }

    /// <summary>Without control and format characters, which could hide or turn around what a terminal shows; white space as one space.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                line.Append(rune.ToString());
        }
        return line.ToString().TrimEnd();
    }

    private static string Shown(string line)
    {
        if (line.Length <= MostShown)
            return line;
        var end = char.IsHighSurrogate(line[MostShown - 1]) ? MostShown - 1 : MostShown;
        return line[..end] + "...";
    }
}
