using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>The schemas of Kubernetes' own kinds, read off the model classes of the .NET client.</summary>
public static partial class BuiltInSchemas
{
    private static readonly FrozenDictionary<(string Group, string Version, string Kind), Type> Kinds = FindKinds();

    // One schema for each model class, as classes may contain themselves.
    private static readonly ConcurrentDictionary<Type, FieldSchema> Classes = new();

    // Microtimes look like times to the model classes.
    private static readonly FrozenSet<string> MicroTimes = FrozenSet.Create(
        "LeaseSpec.acquireTime", "LeaseSpec.renewTime", "Event.eventTime", "EventSeries.lastObservedTime");

    public static FieldSchema ObjectMeta => OfClass(typeof(V1ObjectMeta));

    /// <returns>null for a kind that the client has no class for.</returns>
    public static FieldSchema? For(ResourceKind kind) => For(kind.Group, kind.Version, kind.Kind);

    /// <returns>null for a kind that the client has no class for.</returns>
    public static FieldSchema? For(string group, string version, string kind) =>
        Kinds.TryGetValue((group, version, kind), out var model) ? OfClass(model) : null;

    private static FrozenDictionary<(string, string, string), Type> FindKinds() => (
        from type in typeof(V1Pod).Assembly.GetExportedTypes()
        where type.Namespace == typeof(V1Pod).Namespace
        let entity = type.GetCustomAttribute<KubernetesEntityAttribute>(inherit: false)
        where entity is not null
        group type by (entity.Group, entity.ApiVersion, entity.Kind) into same
        select same).ToFrozenDictionary(g => g.Key, g => g.First());

    private static FieldSchema OfClass(Type model) => Classes.GetOrAdd(model, type =>
    {
        var (version, name) = GoName(type);
        return FieldSchema.Object(
            () => MembersOf(type, name),
            atomic: BuiltInLists.IsAtomicType(name),
            goType: version.Length > 0 ? $"{version}.{name}" : name);
    });

    private static FrozenDictionary<string, FieldSchema> MembersOf(Type model, string owner) => (
        from property in model.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let json = property.GetCustomAttribute<JsonPropertyNameAttribute>()
        where json is not null
        select (json.Name, Schema: OfField(property.PropertyType, owner, json.Name))).ToFrozenDictionary(m => m.Name, m => m.Schema);

    private static FieldSchema OfField(Type type, string owner, string field)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition == typeof(IDictionary<,>))
            return FieldSchema.Map(OfValue(type.GetGenericArguments()[1], owner, field), BuiltInLists.IsAtomicMap(owner, field));
        if (definition == typeof(IList<>))
            return FieldSchema.ListOf(OfValue(type.GetGenericArguments()[0], owner, field), BuiltInLists.RuleOf(owner, field));
        return OfValue(type, owner, field);
    }

    private static FieldSchema OfValue(Type type, string owner, string field)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) => FieldSchema.Leaf(FieldType.String, "string"),
            _ when plain == typeof(bool) => FieldSchema.Leaf(FieldType.Boolean, "bool"),
            _ when plain == typeof(int) => FieldSchema.Leaf(FieldType.Integer, "int32"),
            _ when plain == typeof(long) => FieldSchema.Leaf(FieldType.Integer, "int64"),
            _ when plain == typeof(double) => FieldSchema.Leaf(FieldType.Number, "float64"),
            _ when plain == typeof(byte[]) => FieldSchema.Leaf(FieldType.Bytes, "[]uint8"),
            _ when plain == typeof(IntOrString) => FieldSchema.Leaf(FieldType.IntOrString, "intstr.IntOrString"),
            _ when plain == typeof(ResourceQuantity) => FieldSchema.Leaf(FieldType.Quantity, "resource.Quantity"),
            _ when plain == typeof(DateTime) => MicroTimes.Contains($"{owner}.{field}")
                ? FieldSchema.Leaf(FieldType.MicroTime, "string")
                : FieldSchema.Leaf(FieldType.Time, "string"),
            _ when plain == typeof(object) => FieldSchema.Untyped,
            { IsGenericType: true } => OfField(plain, owner, field),
            _ => OfClass(plain),
        };
    }

    /// <summary>V1Container is v1.Container; Corev1Event, which the client tells apart from another Event, is v1.Event.</summary>
    private static (string Version, string Name) GoName(Type model)
    {
        var match = Versioned().Match(model.Name);
        return match.Success
            ? (match.Groups["version"].Value.ToLowerInvariant(), match.Groups["name"].Value)
            : ("", model.Name);
    }

    [GeneratedRegex(@"^(?:[A-Z][a-z]+(?=v\d))?(?<version>[Vv]\d+(?:(?:alpha|beta)\d+)?)(?<name>[A-Z].*)$")]
    private static partial Regex Versioned();
}
