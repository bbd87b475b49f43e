using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Catalog;

/// <summary>What a custom resource definition says of its kind.</summary>
internal sealed class CustomKind
{
    private readonly Dictionary<string, CustomVersion> versions;

    public CustomKind(JsonObject definition)
    {
        Definition = definition;
        versions = definition.ObjectsAt("spec", "versions").ToDictionary(v => v.TextAt("name")!, v => new CustomVersion(v));
    }

    public JsonObject Definition { get; }

    public CustomVersion this[string version] => versions[version];
}

/// <summary>One version of a custom kind.</summary>
internal sealed class CustomVersion(JsonObject version)
{
    private static readonly JsonObject Anything = new() { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };

    public JsonObject Content { get; } = version;

    public JsonObject OpenApi { get; } = version.ObjectAt("schema", "openAPIV3Schema") ?? Anything;

    public StructuralSchema Schema { get; } = new(version.ObjectAt("schema", "openAPIV3Schema") ?? Anything);

    public FieldSchema Fields { get; } = CustomSchemas.For(version.ObjectAt("schema", "openAPIV3Schema") ?? Anything);

    public PrinterColumns Columns { get; } = new(version.ArrayAt("additionalPrinterColumns"));

    /// <summary>What callers of a version that is going away are told; null for all others.</summary>
    public string? Deprecation(ResourceKind kind, string preferred) => !Content.TrueAt("deprecated") ? null
        : Content.TextAt("deprecationWarning") ?? $"{kind.ApiVersion} {kind.Kind} is deprecated; use {kind.Group}/{preferred} {kind.Kind}";
}
