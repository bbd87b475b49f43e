using System.Text;
using System.Text.Json;

namespace Rollouts.Cli.Linting;

/// <param name="Line">The first line in the file, from 1.</param>
internal sealed record Chunk(string Text, int Line);

/// <summary>The documents of a file, apart, so that a mistake in one does not hide those of the next.</summary>
internal static class Chunks
{
    /// <summary>JSON values one after the other, or YAML documents with lines of <c>---</c> between, as kubectl takes both.</summary>
    public static IEnumerable<Chunk> Of(string text) => text.AsSpan().TrimStart() is ['{', ..] ? JsonIn(text) ?? YamlIn(text) : YamlIn(text);

    /// <summary>Null: it only looks like JSON.</summary>
    private static List<Chunk>? JsonIn(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        var chunks = new List<Chunk>();
        var (line, counted) = (1, 0);
        try
        {
            while (reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                line += bytes.AsSpan(counted..start).Count((byte)'\n');
                counted = start;
                chunks.Add(new Chunk(Encoding.UTF8.GetString(bytes.AsSpan(start..(int)reader.BytesConsumed)), line));
            }
            return chunks;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<Chunk> YamlIn(string text)
    {
        var lines = text.Split('\n');
        var first = 0;
        for (var next = 1; next <= lines.Length; next++)
        {
            if (next < lines.Length && !IsSeparator(lines[next]))
                continue;
            yield return new Chunk(string.Join('\n', lines[first..next]), first + 1);
            first = next;
        }
    }

    private static bool IsSeparator(string line) => line.StartsWith("---", StringComparison.Ordinal) && (line.Length == 3 || char.IsWhiteSpace(line[3]));
}
