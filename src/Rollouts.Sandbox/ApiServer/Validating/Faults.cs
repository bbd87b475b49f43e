using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Validating;

/// <summary>What is wrong with an object, gathered as upstream words it.</summary>
internal sealed class Faults
{
    private readonly List<StatusCause> causes = [];

    public IReadOnlyList<StatusCause> Causes => causes;

    public void Required(string field, string why = "") =>
        Add("FieldValueRequired", field, why.Length == 0 ? "Required value" : $"Required value: {why}");

    public void Invalid(string field, JsonNode? value, string why) =>
        Add("FieldValueInvalid", field, $"Invalid value: {value?.ToJsonString() ?? "null"}: {why}");

    public void NotSupported(string field, JsonNode? value, params IEnumerable<string> supported) =>
        Add("FieldValueNotSupported", field,
            $"Unsupported value: {value?.ToJsonString() ?? "\"\""}: supported values: {string.Join(", ", supported.Select(s => $"\"{s}\""))}");

    public void Duplicate(string field, JsonNode? value) => Add("FieldValueDuplicate", field, $"Duplicate value: {value?.ToJsonString()}");

    public void NotFound(string field, JsonNode? value) => Add("FieldValueNotFound", field, $"Not found: {value?.ToJsonString()}");

    public void Forbidden(string field, string why) => Add("FieldValueForbidden", field, $"Forbidden: {why}");

    /// <summary>A fault that was found elsewhere.</summary>
    public void Add(StatusCause cause) => causes.Add(cause);

    private void Add(string reason, string field, string message) => causes.Add(new StatusCause(reason, message, field));
}
