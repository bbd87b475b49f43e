using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rollouts.Cli.Linting;

/// <summary>
/// Reads one chunk as JSON and keeps the line of every field. It goes on behind a key that is given twice, of which the parser's own
/// document model makes the end of the file.
/// </summary>
internal sealed class DocumentReader
{
    /// <summary>Deeper than any manifest, and less than a stack holds.</summary>
    private const int Deepest = 200;

    /// <summary>An alias of aliases may stand for more than a memory holds.</summary>
    private const int MostNodes = 1_000_000;

    private readonly Parser parser;
    private readonly int offset;
    private readonly string file;
    private readonly Dictionary<string, (JsonNode? Node, int Size)> anchors = [];
    private readonly List<Finding> findings = [];
    private LineMap lines = new();
    private int nodes;

    private DocumentReader(string file, Chunk chunk)
    {
        this.file = file;
        offset = chunk.Line - 1;
        parser = new Parser(new StringReader(chunk.Text));
    }

    /// <summary>The documents that can be read, and what is wrong with the text itself.</summary>
    public static (IReadOnlyList<(JsonNode? Json, LineMap Lines)> Documents, IReadOnlyList<Finding> Findings) Read(string file, Chunk chunk)
    {
        var reader = new DocumentReader(file, chunk);
        var documents = new List<(JsonNode?, LineMap)>();
        try
        {
            reader.parser.Consume<StreamStart>();
            while (!reader.parser.Accept<StreamEnd>(out _))
                documents.Add(reader.Document());
        }
        catch (YamlException malformed)
        {
            reader.Malformed(chunk, malformed.Start.Line, $": {malformed.Message.TrimEnd('.')}");
        }
        catch (InvalidOperationException)
        {
            // The parser's own state on some texts that begin as one thing and go on as another, such as "[|!&a".
            reader.Malformed(chunk, reader.parser.Current?.Start.Line ?? 1, "");
        }
        return (documents, reader.findings);
    }

    private (JsonNode?, LineMap) Document()
    {
        lines = new LineMap();
        anchors.Clear();
        parser.Consume<DocumentStart>();
        Note("", parser.Current);
        var json = Node("", 0);
        parser.Consume<DocumentEnd>();
        return (json, lines);
    }

    private JsonNode? Node(string path, int depth)
    {
        var start = parser.Current;
        if (depth > Deepest || ++nodes > MostNodes)
            throw new YamlException(start?.Start ?? Mark.Empty, start?.End ?? Mark.Empty, "it is nested too deeply or its aliases stand for too much");
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Alias(alias);

        var before = nodes;
        var node = parser.TryConsume<Scalar>(out var scalar) ? Scalars.Read(scalar)
            : parser.TryConsume<SequenceStart>(out _) ? Sequence(path, depth)
            : Mapping(path, depth);
        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
            anchors[anchor.Value] = (node, nodes - before + 1);
        return node;
    }

    private JsonNode? Alias(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var anchor))
            throw new YamlException(alias.Start, alias.End, $"there is no anchor &{alias.Value.Value} before this alias");
        nodes += anchor.Size;
        return nodes > MostNodes ? throw new YamlException(alias.Start, alias.End, "its aliases stand for too much") : anchor.Node?.DeepClone();
    }

    private JsonArray Sequence(string path, int depth)
    {
        var items = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var item = $"{path}[{items.Count}]";
            Note(item, parser.Current);
            items.Add(Node(item, depth + 1));
        }
        return items;
    }

    private JsonObject Mapping(string path, int depth)
    {
        parser.Consume<MappingStart>();
        var fields = new JsonObject();
        var merged = new List<JsonNode?>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var field = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            var isSecond = fields.ContainsKey(key.Value);
            if (isSecond)
                Error((int)key.Start.Line, field, $"is given twice, first on line {lines.Of(field)}: remove one of them");
            Note(field, key);
            // The Model writes names that users choose, as those of labels, in brackets.
            Note($"{path}[{key.Value}]", key);
            var value = Node(field, depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                merged.Add(value);
            else if (!isSecond)
                fields.Add(key.Value, value);
        }
        // What is written out goes before what is merged in, wherever it stands.
        foreach (var (name, value) in merged.SelectMany(value => value is JsonArray many ? many.AsEnumerable() : [value]).OfType<JsonObject>().SelectMany(map => map))
            if (!fields.ContainsKey(name))
                fields.Add(name, value?.DeepClone());
        return fields;
    }

    private void Note(string path, ParsingEvent? at) => lines.Note(path, (int)(at?.Start.Line ?? 1) + offset);

    // What is open at the end would be missed on a line behind it.
    private void Malformed(Chunk chunk, long line, string why) =>
        Error((int)Math.Min(line, 1 + chunk.Text.AsSpan().TrimEnd().Count('\n')), "", $"is not YAML{why}");

    private void Error(int line, string path, string message) => findings.Add(new Finding(file, line + offset, path, Severity.Error, message));
}
