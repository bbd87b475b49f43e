using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>The members of a strategic merge patch that are commands, not content.</summary>
internal static class StrategicDirectives
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string Order = "$setElementOrder/";
    public const string DeleteWords = "$deleteFromPrimitiveList/";

    public static bool IsDirective(string member) => member is Patch or RetainKeys
        || member.StartsWith(Order, StringComparison.Ordinal) || member.StartsWith(DeleteWords, StringComparison.Ordinal);

    public static string? Command(JsonObject patch) => patch.TryGetPropertyValue(Patch, out var word) ? GoText.Of(word) : null;

    public static ApiException Unknown(JsonObject patch) => Refused($"unknown patch type: {Command(patch)} in map: {GoText.Of(patch)}");

    /// <summary>A refusal with which kube-apiserver did not reckon: a 500 without a reason.</summary>
    public static ApiException Refused(string message) => new(500, "", message);

    public static ApiException Malformed(string message) => new(400, "BadRequest", message);

    /// <returns>The content of a patch for a place that was empty: no commands, no nulls, no items that only delete.</returns>
    public static JsonNode? Content(JsonNode? patch) => patch switch
    {
        JsonObject obj => new JsonObject(
            from member in obj
            where member.Value is not null && !IsDirective(member.Key)
            select KeyValuePair.Create(member.Key, Content(member.Value))),
        JsonArray list => new JsonArray([.. list.Where(IsContent).Select(Content)]),
        _ => patch?.DeepClone(),
    };

    private static bool IsContent(JsonNode? item) =>
        item is not JsonObject obj || (Command(obj) is not "delete" && (obj.Count != 1 || Command(obj) is not "replace"));
}
