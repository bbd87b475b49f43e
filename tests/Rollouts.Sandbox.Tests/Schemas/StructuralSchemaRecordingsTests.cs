using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.Tests.Patching;

namespace Rollouts.Sandbox.Tests.Schemas;

/// <summary>Each recorded custom resource that was sent: what became of it, or every cause of its refusal.</summary>
public sealed class StructuralSchemaRecordingsTests
{
    // Steps that are refused before the schema is asked.
    private static readonly HashSet<string> OfOthers =
    [
        "metadata", "label", "kind of another", "no kind", "other version", "other namespace", "labels that are not strings",
        "strict, duplicate", "status has defaults too",
    ];

    // The rules of CEL are out of scope, and so are the parts of a definition around its schema.
    private static readonly HashSet<string> OfOtherParts =
    [
        "name is not plural.group", "no schema", "no storage version", "two storage versions", "version twice", "bad version name", "no kind",
        "no scope", "preserveUnknownFields", "rule that cannot be compiled", "rule that costs too much", "bad column", "bad scale path",
        "group without a dot", "protected group", "unknown field, strict",
    ];

    public static TheoryData<string, string> Sent()
    {
        var data = new TheoryData<string, string>();
        foreach (var @case in new[] { "validation", "defaulting", "pruning" })
        {
            foreach (var step in Steps(@case).Where(s => !OfOthers.Contains(s.Name)))
                data.Add(@case, step.Name);
        }

        return data;
    }

    public static TheoryData<string> Definitions() =>
        new(Recording.Read("09-crd", "invalid").Where(s => !OfOtherParts.Contains(s.Name)).Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Sent))]
    public void A_custom_resource_becomes_what_it_became_with_a_real_server(string @case, string name)
    {
        var schema = new StructuralSchema(Schema(Recording.Read("09-crd", @case).First(s => s.Path.EndsWith("definitions", StringComparison.Ordinal))));
        var step = Steps(@case).Single(s => s.Name == name);

        var pruned = schema.Prune(step.Asked!.AsObject(), out var unknown);
        var result = schema.Default(pruned);
        var causes = schema.Validate(result);

        if (step.Query["fieldValidation"]?.GetValue<string>() == "Strict")
        {
            step.Answer!["message"]!.GetValue<string>().Should().EndWith($"strict decoding error: {string.Join(", ", unknown)}");
            return;
        }

        unknown.Select(u => $"299 - \"{u.Replace("\"", "\\\"")}\"").Should().Equal(step.Warnings);
        causes.Select(Text).Should().BeEquivalentTo((step.Answer!["/details/causes"] as JsonArray ?? []).Select(c => Text(c!)));
        if (step.Status == 201)
            result["spec"].ShouldBe(step.Answer["/spec"]);
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_schema_that_is_not_structural_is_refused_with_the_recorded_causes(string name)
    {
        var step = Recording.Read("09-crd", "invalid").Single(s => s.Name == name);

        StructuralSchema.Check(Schema(step), "spec.validation.openAPIV3Schema").Select(Text)
            .Should().BeEquivalentTo(step.Answer!["details"]!["causes"]!.AsArray().Select(c => Text(c!)));
    }

    [Theory]
    [InlineData("validation")]
    [InlineData("defaulting")]
    [InlineData("pruning")]
    [InlineData("lifecycle")]
    [InlineData("cel")]
    public void A_schema_that_was_accepted_has_no_faults(string @case) =>
        StructuralSchema.Check(Schema(Recording.Read("09-crd", @case)[0]), "spec").Should().BeEmpty();

    private static IEnumerable<Recording.Step> Steps(string @case) =>
        Recording.Read("09-crd", @case).Where(s => s is { Method: "POST", Asked: JsonObject, Answer: not null } && s.Path.EndsWith("widgets", StringComparison.Ordinal));

    private static JsonObject Schema(Recording.Step step) =>
        step.Asked!["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();

    private static string Text(StatusCause cause) => $"{cause.Field} {cause.Reason} {cause.Message}";

    private static string Text(JsonNode cause) => $"{cause["field"]} {cause["reason"]} {cause["message"]}";
}
