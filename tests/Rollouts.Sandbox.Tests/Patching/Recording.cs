using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.Tests.Patching;

/// <summary>A recorded case of a real API server: what was asked, and what it answered.</summary>
internal static class Recording
{
    public static IReadOnlyList<Step> Read(string group, string @case)
    {
        var asked = Find(Load("cases", group), "name", @case);
        var answered = Find(Load("recordings", group), "case", @case)["steps"]!.AsArray().ToDictionary(s => s!["step"]!.GetValue<string>());
        return [.. asked["steps"]!.AsArray().Select(s => Pair(s!.AsObject(), answered))];
    }

    private static Step Pair(JsonObject asked, Dictionary<string, JsonNode?> answered)
    {
        var name = asked["name"]!.GetValue<string>();
        var answer = answered.GetValueOrDefault(name);
        return new(
            name,
            asked["method"]!.GetValue<string>(),
            asked["path"]!.GetValue<string>(),
            asked["patch"]?.GetValue<string>(),
            asked["query"] as JsonObject ?? [],
            asked["body"],
            answer?["status"]!.GetValue<int>(),
            answer?["body"] as JsonObject,
            [.. (answer?["warnings"] as JsonArray ?? []).Select(w => w!.GetValue<string>())]);
    }

    private static JsonObject Find(JsonNode file, string key, string @case) =>
        file["cases"]!.AsArray().Single(c => c![key]!.GetValue<string>() == @case)!.AsObject();

    private static JsonNode Load(string folder, string group)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Rollouts.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        var text = File.ReadAllText(Path.Combine(root.Parent!.FullName, "shared", "kube-api", folder, $"{group}.json"));

        // What a run makes up has other names in a case than in its recording.
        return JsonNode.Parse(text.Replace("${ns}", "<ns>").Replace("${id}", "<id>"))!;
    }

    /// <param name="Status">null where the case records no answer.</param>
    internal sealed record Step(
        string Name, string Method, string Path, string? Patch, JsonObject Query, JsonNode? Asked, int? Status, JsonObject? Answer,
        IReadOnlyList<string> Warnings)
    {
        public string Manager => Query["fieldManager"]?.GetValue<string>() ?? "record.py";
    }
}
