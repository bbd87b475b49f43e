using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Objects;

/// <summary>The metadata that every object has.</summary>
internal static class ObjectMeta
{
    public static JsonObject Metadata(this JsonObject obj) => obj.Ensure("metadata");

    public static string Name(this JsonObject obj) => obj.TextAt("metadata", "name") ?? "";

    public static string? Namespace(this JsonObject obj) => obj.TextAt("metadata", "namespace") is { Length: > 0 } ns ? ns : null;

    public static string Uid(this JsonObject obj) => obj.TextAt("metadata", "uid") ?? "";

    public static string ResourceVersion(this JsonObject obj) => obj.TextAt("metadata", "resourceVersion") ?? "";

    public static bool IsDeleting(this JsonObject obj) => obj.TextAt("metadata", "deletionTimestamp") is not null;

    public static IEnumerable<string> Finalizers(this JsonObject obj) =>
        obj.ArrayAt("metadata", "finalizers")?.Select(f => f.AsText() ?? "") ?? [];

    public static IEnumerable<JsonObject> Owners(this JsonObject obj) => obj.ObjectsAt("metadata", "ownerReferences");

    /// <summary>The key in the store: <c>NAMESPACE/NAME</c>, or the name alone.</summary>
    public static string Key(this JsonObject obj) => Key(obj.Namespace(), obj.Name());

    public static string Key(string? ns, string name) => ns is null ? name : $"{ns}/{name}";

    public static string Timestamp(this TimeProvider time) =>
        time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Timestamp(this DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
