namespace Rollouts.Cli.Linting;

/// <summary>On which line each field of a document stands.</summary>
/// <param name="prefix">The path of the object within the document, where it is an item of a List.</param>
internal sealed class LineMap(string prefix = "")
{
    private Dictionary<string, int> lines = [];

    /// <summary>Notes a field; of a field that is given twice the first counts.</summary>
    public void Note(string path, int line) => lines.TryAdd(path, line);

    public LineMap Below(string path) => new(Full(path)) { lines = lines };

    /// <summary>The line of the field, or of the nearest one around it that is there.</summary>
    public int Of(string path)
    {
        for (var full = Full(path); full.Length > 0; full = Around(full))
        {
            if (lines.TryGetValue(full, out var line))
                return line;
        }
        return lines.GetValueOrDefault("", 1);
    }

    // Paths are the Model's: fields after a dot, items and the user's own names in brackets.
    private static string Around(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];

    private string Full(string path) => prefix.Length == 0 || path.Length == 0 ? prefix + path : $"{prefix}.{path}";
}
