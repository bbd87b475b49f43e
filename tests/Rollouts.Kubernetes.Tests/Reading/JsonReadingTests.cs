using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Tests.Reading;

public class JsonReadingTests
{
    private readonly JsonObject _deployment = JsonNode.Parse("""
        {
          "metadata": {
            "name": "web", "namespace": "shop", "uid": "u-1", "resourceVersion": "42", "generation": 3,
            "creationTimestamp": "2026-01-02T03:04:05Z", "deletionTimestamp": null,
            "labels": { "app": "web", "odd": 7 },
            "ownerReferences": [ { "uid": "o-1" }, { "uid": "o-2", "controller": true } ]
          },
          "spec": { "replicas": 2.0, "paused": true, "ratio": 0.25, "args": ["a", 1, "b"] },
          "status": { "conditions": [ { "type": "Available", "status": "True" }, "odd" ] }
        }
        """)!.AsObject();

    [Fact]
    public void Fields_are_read_by_path()
    {
        _deployment.Text("metadata", "name").Should().Be("web");
        _deployment.Integer("spec", "replicas").Should().Be(2);
        _deployment.Number("spec", "ratio").Should().Be(0.25m);
        _deployment.Flag("spec", "paused").Should().BeTrue();
        _deployment.Texts("spec", "args").Should().Equal("a", "b");
        _deployment.Items("status", "conditions").Should().ContainSingle();
        _deployment.TextMap("metadata", "labels").Should().Equal(new Dictionary<string, string> { ["app"] = "web" });
        _deployment.Condition("Available").Text("status").Should().Be("True");
    }

    [Fact]
    public void What_is_absent_or_of_another_type_reads_as_nothing()
    {
        _deployment.Text("metadata", "generation").Should().BeNull();
        _deployment.Text("metadata", "name", "deeper").Should().BeNull();
        _deployment.Text("metadata", "deletionTimestamp").Should().BeNull();
        _deployment.Integer("spec", "ratio").Should().BeNull();
        _deployment.Integer("metadata", "resourceVersion").Should().BeNull();
        _deployment.Flag("spec", "replicas").Should().BeNull();
        _deployment.Object("metadata", "name").Should().BeNull();
        _deployment.Items("spec", "replicas").Should().BeEmpty();
        _deployment.TextMap("metadata", "annotations").Should().BeEmpty();
        _deployment.Condition("Progressing").Should().BeNull();
        ((JsonNode?)null).Text("any").Should().BeNull();
    }

    [Fact]
    public void Numbers_made_in_code_are_read_like_parsed_ones()
    {
        var obj = new JsonObject { ["int"] = 3, ["long"] = 4L, ["double"] = 5.0, ["large"] = 1e30 };

        obj.Integer("int").Should().Be(3);
        obj.Integer("long").Should().Be(4);
        obj.Integer("double").Should().Be(5);
        obj.Integer("large").Should().BeNull("no long holds it");
    }

    [Fact]
    public void Every_object_has_its_metadata()
    {
        _deployment.Key.Should().Be(new ResourceKey("shop", "web"));
        (_deployment.Uid, _deployment.ResourceVersion, _deployment.Generation).Should().Be(("u-1", "42", 3));
        _deployment.ControllerUid.Should().Be("o-2");
        _deployment.IsBeingDeleted.Should().BeFalse();
        _deployment.CreatedAt.Should().Be(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        _deployment.Labels.Should().ContainKey("app");
    }

    [Fact]
    public void An_object_without_metadata_has_empty_metadata()
    {
        var empty = new JsonObject();

        empty.Key.Should().Be(new ResourceKey("", ""));
        (empty.Uid, empty.ResourceVersion, empty.Generation, empty.ControllerUid, empty.CreatedAt).Should().Be(("", "", 0L, null, null));
        empty.Annotations.Should().BeEmpty();
    }
}
