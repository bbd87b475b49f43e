using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>metadata.managedFields as a value: who owns which fields, since when.</summary>
internal sealed record ManagedFields(ImmutableDictionary<FieldManager, ManagedFields.Entry> Entries)
{
    public static ManagedFields None { get; } = new(ImmutableDictionary<FieldManager, Entry>.Empty);

    public FieldSet Of(FieldManager manager) => Entries.TryGetValue(manager, out var entry) ? entry.Fields : FieldSet.Empty;

    /// <summary>What any manager owns.</summary>
    public FieldSet All() => Entries.Values.Aggregate(FieldSet.Empty, (all, entry) => all.Union(entry.Fields));

    /// <param name="since">null keeps the time of an entry that is there.</param>
    public ManagedFields With(FieldManager manager, string apiVersion, FieldSet fields, string? since) => fields.IsEmpty
        ? new(Entries.Remove(manager))
        : new(Entries.SetItem(manager, new(fields, apiVersion, since ?? Entries.GetValueOrDefault(manager)?.Since)));

    /// <summary>The same after all managers but one have lost these fields.</summary>
    public ManagedFields Without(FieldSet lost, FieldManager? except) => new((
        from entry in Entries
        let rest = entry.Key == except ? entry.Value.Fields : entry.Value.Fields.Without(lost)
        where !rest.IsEmpty
        select KeyValuePair.Create(entry.Key, entry.Value with { Fields = rest })).ToImmutableDictionary());

    public static ManagedFields Read(JsonObject? obj) => new((
        from node in obj?["metadata"]?["managedFields"] as JsonArray ?? []
        let entry = node as JsonObject
        let fields = entry?["fieldsV1"] as JsonObject
        where fields is not null
        let version = Text(entry, "apiVersion")
        let operation = Text(entry, "operation")
        let manager = new FieldManager(
            Text(entry, "manager"), operation, operation == FieldManager.Apply ? "" : version, Text(entry, "subresource"))
        group new Entry(FieldSet.FromJson(fields), version, entry["time"]?.GetValue<string>()) by manager)
        .ToImmutableDictionary(g => g.Key, g => g.Last()));

    /// <returns>A copy of the object with these entries, without any where there are none.</returns>
    public JsonObject WriteTo(JsonObject obj)
    {
        var written = obj.DeepClone().AsObject();
        if (written["metadata"] is not JsonObject metadata)
            written["metadata"] = metadata = [];
        metadata.Remove("managedFields");
        if (!Entries.IsEmpty)
            metadata["managedFields"] = new JsonArray([.. Sorted().Select(e => ToJson(e.Key, e.Value))]);
        return written;
    }

    public static string Timestamp(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private IEnumerable<KeyValuePair<FieldManager, Entry>> Sorted() =>
        from entry in Entries
        orderby entry.Key.Operation, entry.Value.Since ?? "", entry.Key.Name, entry.Value.ApiVersion, entry.Key.Subresource
        select entry;

    private static JsonObject ToJson(FieldManager manager, Entry entry)
    {
        var json = new JsonObject
        {
            ["manager"] = manager.Name,
            ["operation"] = manager.Operation,
            ["apiVersion"] = entry.ApiVersion,
        };
        if (entry.Since is not null)
            json["time"] = entry.Since;
        json["fieldsType"] = "FieldsV1";
        json["fieldsV1"] = entry.Fields.ToJson();
        if (manager.Subresource.Length > 0)
            json["subresource"] = manager.Subresource;
        return json;
    }

    private static string Text(JsonObject? entry, string name) => entry?[name]?.GetValue<string>() ?? "";

    /// <param name="Since">When the fields last changed; a scale, and an applier that only let go, leave no time.</param>
    internal sealed record Entry(FieldSet Fields, string ApiVersion, string? Since);
}
