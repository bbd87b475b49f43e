using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>
/// The annotation that kubectl's client-side apply leaves. For the manager named <c>kubectl</c> the API server reads it as what
/// that user owns already, and writes it anew, so that going over to server-side apply makes no conflict.
/// </summary>
internal static class LastApplied
{
    public const string Manager = "kubectl";
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly JsonSerializerOptions Relaxed = new(JsonSerializerOptions.Default)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The fields of the annotation that the live object still has with the same values.</returns>
    public static FieldSet Fields(JsonObject live, FieldSchema schema)
    {
        if (Read(live) is not { } text || JsonNode.Parse(text) is not JsonObject applied)
            return FieldSet.Empty;
        var difference = Comparison.Of(applied, live, schema);
        return TypedValue.Fields(applied, schema).Without(difference.Written.Union(difference.Removed));
    }

    /// <returns>A copy with the annotation rewritten; the same object where the live one has no such annotation.</returns>
    public static JsonObject Rewrite(JsonObject? live, JsonObject merged, JsonObject applied)
    {
        if (live is null || Read(live) is null)
            return merged;
        var result = merged.DeepClone().AsObject();
        if (result["metadata"] is JsonObject metadata)
        {
            if (metadata["annotations"] is not JsonObject annotations)
                metadata["annotations"] = annotations = [];
            annotations[Annotation] = Sorted(WithoutAnnotation(applied))!.ToJsonString(Relaxed) + "\n";
        }

        return result;
    }

    private static string? Read(JsonObject live) =>
        live["metadata"]?["annotations"]?[Annotation] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : null;

    private static JsonObject WithoutAnnotation(JsonObject applied)
    {
        var copy = applied.DeepClone().AsObject();
        (copy["metadata"]?["annotations"] as JsonObject)?.Remove(Annotation);
        return copy;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(
            obj.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
