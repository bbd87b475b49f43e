using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Rollouts.Controller.Gating;

/// <summary>
/// Request headers from a Secret, each key a name. Not a record, because a record's text would show the values.
/// </summary>
internal sealed class HookHeaders
{
    // What frames the request, what names its receiver, and what we set ourselves. Two of these headers, or a wrong one, is how a proxy
    // between us and the receiver is made to see two requests in one.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host", "Idempotency-Key", "Keep-Alive",
        "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    private HookHeaders(IReadOnlyDictionary<string, string> fields) => Fields = fields;

    public static HookHeaders None { get; } = new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>The problem names the key at fault, and never its value.</summary>
    public static bool TryMake(
        IEnumerable<KeyValuePair<string, string>> data,
        [NotNullWhen(true)] out HookHeaders? headers,
        [NotNullWhen(false)] out string? problem)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        problem = null;
        foreach (var (name, text) in data)
        {
            // A Secret made from a file or by echo ends in a line break that nobody means.
            var value = text.Trim();
            if (Reserved.Contains(name))
                problem ??= $"its key {name} is a header that cannot be chosen";
            else if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
                problem ??= $"its key {name} is not the name of a header";
            else if (value.AsSpan().ContainsAnyExcept(Printable))
                problem ??= $"the value of its key {name} has line breaks or letters that no header can have";
            else if (!fields.TryAdd(name, value))
                problem ??= $"its key {name} is there twice, in capitals and in small letters";
        }

        headers = problem is null ? new HookHeaders(fields) : null;
        return problem is null;
    }
}
