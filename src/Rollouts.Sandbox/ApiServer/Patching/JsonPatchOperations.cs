using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson.Exceptions;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson.Operations;

namespace Rollouts.Sandbox.ApiServer.Patching;

/// <summary>
/// JSON Patch, RFC 6902, as kube-apiserver has it: whatever cannot be done is one 422 without a cause, and a <c>replace</c> of
/// an object member that is not there creates it, against the RFC.
/// </summary>
public static class JsonPatchOperations
{
    /// <returns>A document of its own; neither argument is changed.</returns>
    /// <exception cref="ApiException">400 for an operation that is no object; 422 for one that fails or that nobody knows.</exception>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        var document = target.DeepClone().AsObject();
        foreach (var node in operations)
        {
            if (node is not JsonObject operation)
                throw MalformedPatch.Because(node, "handlers.jsonPatchOp");
            document = Step(document, operation);
        }

        return document;
    }

    /// <summary>The same for a patch as it came in a request.</summary>
    /// <exception cref="ApiException">Also 400 where the patch is not a list.</exception>
    public static JsonObject ApplyRequest(JsonObject target, JsonNode? patch) => patch is JsonArray operations
        ? Apply(target, operations)
        : throw MalformedPatch.Because(patch, "[]handlers.jsonPatchOp");

    private static JsonObject Step(JsonObject document, JsonObject operation)
    {
        var path = Text(operation, "path") ?? throw Rejected();
        var value = operation["value"];
        return Text(operation, "op") switch
        {
            "add" => Set(document, "add", path, value),
            "replace" => Set(document, CreatesMember(document, path) ? "add" : "replace", path, value),
            "remove" => Change(document, "remove", path, null),
            "test" => JsonNode.DeepEquals(Find(document, path), value) ? document : throw Rejected(),
            "copy" => Set(document, "add", path, From(document, operation).Value),
            "move" => Move(document, path, From(document, operation)),
            _ => throw Rejected(),
        };
    }

    private static JsonObject Move(JsonObject document, string path, (string Path, JsonNode? Value) from) =>
        Set(Change(document, "remove", from.Path, null), "add", path, from.Value);

    private static JsonObject Set(JsonObject document, string word, string path, JsonNode? value) => path.Length > 0
        ? Change(document, word, path, value)
        : value?.DeepClone() as JsonObject ?? throw Rejected();

    // Only add, replace and remove go to the library: its copy and test fail on JsonObject members (measured, 10.0.14).
    private static JsonObject Change(JsonObject document, string word, string path, JsonNode? value)
    {
        try
        {
            var step = new Operation(word, path, from: null, value?.DeepClone());
            new JsonPatchDocument([step], JsonSerializerOptions.Default).ApplyTo(document);
            return document;
        }
        catch (Exception refusal) when (refusal is JsonPatchException or ArgumentException or InvalidOperationException)
        {
            throw Rejected();
        }
    }

    private static (string Path, JsonNode? Value) From(JsonObject document, JsonObject operation) =>
        Text(operation, "from") is { } from ? (from, Find(document, from)) : throw Rejected();

    private static JsonNode? Find(JsonObject document, string path) =>
        JsonPointer.Parse(path).TryFind(document, out var found) ? found : throw Rejected();

    private static bool CreatesMember(JsonObject document, string path)
    {
        var pointer = JsonPointer.Parse(path);
        return pointer.Segments.Count > 0 && pointer.Parent.TryFind(document, out var parent)
            && parent is JsonObject owner && !owner.ContainsKey(pointer.Segments[^1]);
    }

    private static string? Text(JsonObject operation, string member) =>
        operation[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static ApiException Rejected() =>
        new(422, "Invalid", "the server rejected our request due to an error in our request");
}
