using System.Text;
using System.Text.Json;

namespace Rollouts.Controller.Gating;

/// <summary>
/// Takes what we sent in confidence out of what came back: servers echo requests in their error pages, and a sentence ends up in a status
/// that everybody may read. A receiver that wants to spread a secret that it was given cannot be kept from it; this is against accidents.
/// </summary>
internal sealed class HookMask
{
    private const string Masked = "***";

    /// <summary>A word of a value that is shorter than this is a scheme or a number, and hides nothing.</summary>
    private const int ShortestWord = 4;

    private readonly string[] secrets;

    /// <param name="values">Whole values of headers, such as <c>Bearer abc</c>; their words and what Basic encodes are masked too.</param>
    public HookMask(IEnumerable<string> values) =>
        secrets = [.. values.SelectMany(Forms).Where(form => form.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];

    /// <param name="isCut">Whether the text may end within a secret, because no more of it was read.</param>
    public string Apply(string text, bool isCut)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, Masked, StringComparison.Ordinal);
        return isCut && secrets.Select(secret => Begun(text, secret)).DefaultIfEmpty().Max() is > 0 and var begun ? text[..^begun] + Masked : text;
    }

    private static IEnumerable<string> Forms(string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var plain = words.Where(word => word.Length >= ShortestWord).Prepend(value).ToList();
        if (words is ["Basic", var encoded] && Decoded(encoded) is { } credentials)
            plain.AddRange([credentials, credentials[(credentials.IndexOf(':', StringComparison.Ordinal) + 1)..]]);
        return plain.SelectMany(form => new[] { form, JsonEncodedText.Encode(form).ToString(), Uri.EscapeDataString(form) });
    }

    private static string? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary>How many letters at the end of the text are the beginning of the secret.</summary>
    private static int Begun(string text, string secret)
    {
        for (var length = Math.Min(text.Length, secret.Length - 1); length > 0; length--)
        {
            if (text.AsSpan().EndsWith(secret.AsSpan(0, length), StringComparison.Ordinal))
                return length;
        }
        return 0;
    }
}
