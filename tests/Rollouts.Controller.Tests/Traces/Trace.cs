using System.Text.Json.Nodes;
using Rollouts.TestKit;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>A recorded run of Flagger: what was applied and done, and what was seen of it, field by field as text.</summary>
internal sealed record Trace(string Name, IReadOnlyList<JsonObject> Manifests, IReadOnlyList<JsonArray> Script, IReadOnlyDictionary<string, string> Recorded)
{
    public const string Waits = "waits", Weights = "weights", Routes = "routes", Phases = "phases", Hooks = "hooks", Met = "met";

    private static string Folder => Path.Combine(Repository.Shared, "traces");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static Trace Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!;
        var recorded = new Dictionary<string, string>
        {
            [Waits] = Met,
            [Weights] = Notation.Text(json[Weights]),
            [Routes] = Notation.Text(json[Routes]),
            [Phases] = Notation.Text(json[Phases]),
            // "gate phase=Waiting answered 403 x3": how often is a matter of pace, which is not compared.
            [Hooks] = Notation.List(json[Hooks]!.AsArray().Select(call => ((string)call!).Split(" answered ")[0])),
        };
        foreach (var (field, value) in json["final"]!.AsObject())
            recorded[Notation.Final(field)] = Notation.Text(value);
        return new Trace(
            name,
            [.. json["manifests"]!.AsArray().Select(manifest => manifest!.AsObject())],
            [.. json["script"]!.AsArray().Select(step => step!.AsArray())],
            recorded);
    }
}
