using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Cli.Linting;

/// <param name="Name">As it was given; it stands before each line that is found in it.</param>
internal sealed record SourceFile(string Name, string Text);

/// <param name="Findings">By file in the order given, then by line.</param>
/// <param name="Others">How many documents of other kinds were passed over.</param>
internal sealed record LintReport(IReadOnlyList<Finding> Findings, int Files, int Canaries, int Others);

/// <summary>Finds everything that is wrong with the Canaries in some files, without a cluster.</summary>
internal static class Linter
{
    public static LintReport Check(IReadOnlyList<SourceFile> files)
    {
        var findings = new List<Finding>();
        var manifests = files.SelectMany(file => Chunks.Of(file.Text).SelectMany(chunk => Read(file.Name, chunk, findings))).ToList();
        var canaries = manifests.Where(CanaryLint.IsCanary).ToList();
        var others = manifests.Except(canaries).ToList();

        findings.AddRange(manifests.SelectMany(CanaryLint.CheckKind));
        findings.AddRange(canaries.SelectMany(CanaryLint.Check));
        findings.AddRange(Neighbours.Check(canaries, others));

        var order = files.Select((file, index) => (file.Name, index)).DistinctBy(file => file.Name).ToDictionary();
        return new([.. findings.OrderBy(finding => order[finding.File]).ThenBy(finding => finding.Line)], files.Count, canaries.Count, others.Count);
    }

    /// <summary>The objects in the files; what cannot be read is for <see cref="Check"/> to say.</summary>
    public static IReadOnlyList<Manifest> Manifests(IReadOnlyList<SourceFile> files) =>
        [.. files.SelectMany(file => Chunks.Of(file.Text).SelectMany(chunk => Read(file.Name, chunk, [])))];

    private static IEnumerable<Manifest> Read(string file, Chunk chunk, List<Finding> findings)
    {
        var (documents, wrong) = DocumentReader.Read(file, chunk);
        findings.AddRange(wrong);
        return documents.SelectMany(document => document.Json switch
        {
            // What kubectl gives for several objects.
            JsonObject list when list.Text("kind") == "List" && list["items"] is JsonArray items =>
                items.SelectMany((item, index) => item is JsonObject json ? [new Manifest(file, json, document.Lines.Below($"items[{index}]"))] : Array.Empty<Manifest>()),
            JsonObject json => [new Manifest(file, json, document.Lines)],
            _ => Array.Empty<Manifest>(),
        });
    }
}
