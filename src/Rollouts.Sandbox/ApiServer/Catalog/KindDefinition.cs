using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.ApiServer.Storage;

namespace Rollouts.Sandbox.ApiServer.Catalog;

/// <summary>What the server knows of a kind beyond its name; the generic handlers are driven by it.</summary>
internal sealed record KindDefinition(ResourceKind Kind)
{
    public static readonly IReadOnlyList<string> AllVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Every version served, the preferred one first.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    public required ShelfKey Shelf { get; init; }

    public string Singular { get; init; } = "";

    public string ListKind => listKind ?? Kind.Kind + "List";

    public string? CustomListKind { init => listKind = value; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;

    public bool HasStatus { get; init; }

    public bool HasScale { get; init; }

    /// <summary>Whether metadata.generation counts the changes of spec.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether PUT of an object that is not there creates it.</summary>
    public bool CreatesOnUpdate { get; init; }

    /// <summary>Whether PUT must name the resourceVersion that it replaces.</summary>
    public bool NeedsVersionOnUpdate { get; init; }

    /// <summary>Whether DELETE answers with the object instead of a Status.</summary>
    public bool DeleteReturnsObject { get; init; }

    /// <summary>What the custom resource definition of this kind says; null for built-in kinds.</summary>
    public CustomKind? Custom { get; init; }

    /// <summary>The definition is being deleted: what is there may go, nothing new may come.</summary>
    public bool Terminating { get; init; }

    private readonly string? listKind;

    /// <summary>The kind that is stored: the events of two groups are one kind.</summary>
    public ResourceKind StoredKind => Shelf.Plural == Kinds.Events.Plural ? Kinds.Events : Kind;

    /// <summary>The fields of the objects as they are stored.</summary>
    public FieldSchema StoredFields => Custom is not null ? Custom[Kind.Version].Fields
        : BuiltInSchemas.For(StoredKind) ?? FieldSchema.Untyped;

    /// <summary>The fields of the objects as a version has them.</summary>
    public FieldSchema FieldsIn(string version) => Custom is not null ? Custom[version].Fields : BuiltInSchemas.For(In(version)) ?? FieldSchema.Untyped;

    /// <summary>The kind as one of its versions names it.</summary>
    public ResourceKind In(string version) => version == Kind.Version ? Kind : Kind with { Version = version };
}
