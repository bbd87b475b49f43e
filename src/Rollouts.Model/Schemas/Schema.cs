using System.Text.Json.Nodes;
using Rollouts.Model.Json;

namespace Rollouts.Model.Schemas;

/// <summary>
/// The shape of one field: the CRD's OpenAPI schema is written from it and manifests are checked against it, so that the API server,
/// <c>rollouts lint</c> and the controller say the same.
/// </summary>
/// <param name="Description">one sentence with unit, range and default, for <c>kubectl explain</c></param>
internal abstract record Schema(string Description)
{
    public Rule[] Rules { get; init; } = [];

    /// <summary>The schema as OpenAPI v3 in a structural CRD has it.</summary>
    public JsonObject ToOpenApi()
    {
        var fields = new JsonFields().Add("description", Description);
        Describe(fields);
        return fields
            .Add("x-kubernetes-validations", AllRules.ToEquatableList(), rule => new JsonObject { ["rule"] = rule.Cel, ["message"] = rule.Message })
            .ToObject();
    }

    /// <summary>Collects everything that is wrong with <paramref name="node"/> and below it.</summary>
    public void Check(JsonNode node, string path, Findings findings)
    {
        var before = findings.Errors.Count;
        CheckShape(node, path, findings);
        // As in the API server: a rule may rest on the shape of what it looks at.
        if (findings.Errors.Count > before && this is not ObjectSchema)
            return;
        foreach (var rule in AllRules)
            if (rule.Broken(node) is { } below)
                findings.Error(path + below, rule.Message);
    }

    /// <summary>The rules that are given and those that follow from the shape.</summary>
    protected virtual IEnumerable<Rule> AllRules => Rules;

    protected abstract void Describe(JsonFields fields);

    protected abstract void CheckShape(JsonNode node, string path, Findings findings);

    /// <summary>How a wrong value is named in an error.</summary>
    protected static string Shown(JsonNode node) => node switch
    {
        JsonObject => "an object",
        JsonArray => "a list",
        _ => node.ToJsonString(JsonText.Readable),
    };
}
