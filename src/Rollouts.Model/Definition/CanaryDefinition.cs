using System.Text.Json.Nodes;
using Rollouts.Model.Status;

namespace Rollouts.Model.Definition;

/// <summary>The CustomResourceDefinition of Canary, made from the same schemas that manifests are checked against.</summary>
public static class CanaryDefinition
{
    public const string Group = "rollouts.dev";

    public const string Version = "v1beta1";

    public const string Kind = "Canary";

    public const string Plural = "canaries";

    /// <summary>The definition as an API server takes it.</summary>
    public static JsonObject Generate() => new()
    {
        ["apiVersion"] = "apiextensions.k8s.io/v1",
        ["kind"] = "CustomResourceDefinition",
        ["metadata"] = new JsonObject { ["name"] = $"{Plural}.{Group}" },
        ["spec"] = new JsonObject
        {
            ["group"] = Group,
            ["names"] = new JsonObject
            {
                ["plural"] = Plural,
                ["singular"] = "canary",
                ["kind"] = Kind,
                ["listKind"] = $"{Kind}List",
                ["shortNames"] = new JsonArray("cn"),
                ["categories"] = new JsonArray("all"),
            },
            ["scope"] = "Namespaced",
            ["versions"] = new JsonArray(new JsonObject
            {
                ["name"] = Version,
                ["served"] = true,
                ["storage"] = true,
                ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
                ["additionalPrinterColumns"] = PrinterColumns.ToJson(),
                ["schema"] = new JsonObject { ["openAPIV3Schema"] = Root },
            }),
        },
    };

    // An API server takes no word about metadata here but its type.
    private static JsonObject Root => new()
    {
        ["description"] = "A Canary releases every change of the workload it names step by step, judges it, and promotes it or rolls it back.",
        ["type"] = "object",
        ["required"] = new JsonArray("spec"),
        ["properties"] = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["type"] = "string" },
            ["kind"] = new JsonObject { ["type"] = "string" },
            ["metadata"] = new JsonObject { ["type"] = "object" },
            ["spec"] = CanarySchema.Spec.ToOpenApi(),
            ["status"] = StatusSchema.Status.ToOpenApi(),
        },
    };
}
