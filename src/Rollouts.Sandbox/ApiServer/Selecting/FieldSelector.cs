using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Catalog;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Selecting;

/// <summary>A selector of fields as a query has it: <c>metadata.name=web,status.phase!=Running</c>.</summary>
internal sealed class FieldSelector(IReadOnlyList<(string Field, bool Equal, string Value)> requirements)
{
    public static readonly FieldSelector Everything = new([]);

    private static readonly string[] Always = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<ResourceKind, string[]> Others = new()
    {
        [Kinds.Pods] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase",
            "status.podIP", "status.nominatedNodeName",
        ],
        [Kinds.Events] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        [Kinds.Secrets] = ["type"],
        [Kinds.Namespaces] = ["status.phase"],
        [Kinds.Nodes] = ["spec.unschedulable"],
        [Kinds.ReplicationControllers] = ["status.replicas"],
        [Kinds.Jobs] = ["status.successful"],
    };

    /// <summary>The name that an object must have to be selected, where the selector asks for one.</summary>
    public string? Name => requirements.FirstOrDefault(r => r is { Field: "metadata.name", Equal: true }).Value;

    public bool Matches(JsonObject obj) => requirements.All(r => (Value(obj, r.Field) == r.Value) == r.Equal);

    /// <exception cref="ApiException">400 where the text is no selector, or names a field that the kind is not selected by.</exception>
    public static FieldSelector Parse(string text, KindDefinition definition)
    {
        var requirements = new List<(string, bool, string)>();
        foreach (string term in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = term.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                throw Refusals.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            bool negative = equals > 0 && term[equals - 1] == '!';
            // Objects are selected as they are stored, and events are stored as the core group has them.
            string field = term[..(negative ? equals - 1 : equals)].Replace("regarding.", "involvedObject.", StringComparison.Ordinal);
            if (!Always.Contains(field) && !OthersOf(definition).Contains(field))
                throw Refusals.BadRequest($"field label not supported: {field}");
            requirements.Add((field, !negative, term[(equals + 1)..].TrimStart('=')));
        }
        return new FieldSelector(requirements);
    }

    private static string[] OthersOf(KindDefinition definition) =>
        Others.GetValueOrDefault(definition.StoredKind) ?? [];

    private static string Value(JsonObject obj, string field)
    {
        JsonNode? value = field == "source" ? obj.At("source", "component") : obj.At(field.Split('.'));
        string text = value?.ToString() ?? "";
        return text.Length == 0 && field is "spec.unschedulable" or "spec.hostNetwork" ? "false"
            : text.Length == 0 && field is "status.replicas" or "status.successful" ? "0"
            : text;
    }
}
