using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Schemas;
using Rollouts.Sandbox.Tests.Patching;

namespace Rollouts.Sandbox.Tests.Schemas;

public sealed class FieldSchemaTests
{
    [Theory]
    [InlineData("", "v1", "Pod")]
    [InlineData("", "v1", "Event")]
    [InlineData("events.k8s.io", "v1", "Event")]
    [InlineData("apps", "v1", "ReplicaSet")]
    [InlineData("apps", "v1", "ControllerRevision")]
    [InlineData("coordination.k8s.io", "v1", "Lease")]
    [InlineData("discovery.k8s.io", "v1", "EndpointSlice")]
    [InlineData("autoscaling", "v2", "HorizontalPodAutoscaler")]
    [InlineData("apiextensions.k8s.io", "v1", "CustomResourceDefinition")]
    public void A_built_in_kind_knows_its_fields(string group, string version, string kind)
    {
        var schema = BuiltInSchemas.For(new ResourceKind(group, version, "any", kind, Namespaced: true))!;

        schema.Members.Keys.Should().Contain("apiVersion").And.Contain("kind").And.Contain("metadata");
        schema.Member("no-such-field").Should().BeNull();
        schema.GoType.Should().Be($"{version}.{kind}");
    }

    [Fact]
    public void A_kind_that_is_not_built_in_has_no_schema() => BuiltInSchemas.For("example.test", "v1", "Widget").Should().BeNull();

    [Theory]
    [InlineData("spec.template.spec.containers", ListKind.Map, "name", "name")]
    [InlineData("spec.template.spec.containers.ports", ListKind.Map, "containerPort,protocol", "containerPort")]
    [InlineData("spec.template.spec.ephemeralContainers.env", ListKind.Map, "name", "name")]
    [InlineData("spec.template.spec.containers.volumeMounts", ListKind.Map, "mountPath", "mountPath")]
    [InlineData("spec.template.spec.containers.args", ListKind.Atomic, "", null)]
    [InlineData("spec.template.spec.tolerations", ListKind.Atomic, "", null)]
    [InlineData("spec.template.spec.topologySpreadConstraints", ListKind.Map, "topologyKey,whenUnsatisfiable", "topologyKey")]
    [InlineData("status.conditions", ListKind.Map, "type", "type")]
    [InlineData("metadata.ownerReferences", ListKind.Map, "uid", "uid")]
    [InlineData("metadata.finalizers", ListKind.Set, "", null)]
    public void A_list_merges_as_the_Go_types_are_marked(string path, ListKind kind, string keys, string? mergeKey)
    {
        var list = At(BuiltInSchemas.For("apps", "v1", "Deployment")!, path);

        (list.List, string.Join(',', list.Keys), list.MergeKey).Should().Be((kind, keys, mergeKey));
    }

    [Theory]
    [InlineData("spec.selector", true)]
    [InlineData("spec.template.spec.nodeSelector", true)]
    [InlineData("spec.template.metadata.labels", false)]
    [InlineData("spec.template.spec.containers.env.valueFrom.secretKeyRef", true)]
    [InlineData("spec.template.spec.affinity", false)]
    public void Some_objects_are_one_value(string path, bool atomic) =>
        At(BuiltInSchemas.For("apps", "v1", "Deployment")!, path).Atomic.Should().Be(atomic);

    [Fact]
    public void A_schema_that_contains_itself_can_be_followed_to_any_depth()
    {
        var schema = At(BuiltInSchemas.For("apiextensions.k8s.io", "v1", "CustomResourceDefinition")!, "spec.versions.schema.openAPIV3Schema");

        for (var depth = 0; depth < 50; depth++)
            schema = schema.Member("properties")!.Element!;

        schema.Member("x-kubernetes-list-type")!.Type.Should().Be(FieldType.String);
    }

    [Theory]
    [InlineData("spec.known", FieldType.String)]
    [InlineData("spec.free.anything.below", FieldType.Any)]
    [InlineData("spec.port", FieldType.IntOrString)]
    [InlineData("spec.embedded.metadata.labels", FieldType.Map)]
    [InlineData("metadata.name", FieldType.String)]
    public void A_custom_kind_has_the_fields_of_its_definition(string path, FieldType type) => At(Custom(), path).Type.Should().Be(type);

    [Theory]
    [InlineData("spec.unknown")]
    [InlineData("status")]
    [InlineData("metadata.unknown")]
    public void What_the_definition_does_not_name_is_unknown(string path)
    {
        var find = () => At(Custom(), path);

        find.Should().Throw<InvalidOperationException>();
    }

    private static FieldSchema Custom() => CustomSchemas.For(Json.Object(
        """
        {'type':'object','properties':{'spec':{'type':'object','properties':{'known':{'type':'string'},
         'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true},'port':{'x-kubernetes-int-or-string':true},
         'embedded':{'type':'object','x-kubernetes-embedded-resource':true}}}}}
        """));

    /// <summary>Follows a path of names; of lists it takes the items.</summary>
    private static FieldSchema At(FieldSchema schema, string path) => path.Split('.').Aggregate(
        schema,
        (at, name) => (at.Type == FieldType.List ? at.Element! : at).Member(name) ?? throw new InvalidOperationException($"{name} is unknown."));
}
