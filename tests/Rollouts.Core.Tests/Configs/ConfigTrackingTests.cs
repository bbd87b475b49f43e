using System.Text.Json.Nodes;
using Rollouts.Core.Configs;
using Rollouts.Core.Tests.Building;

namespace Rollouts.Core.Tests.Configs;

/// <summary>Which ConfigMaps and Secrets belong to a revision, and what that makes of its name.</summary>
public class ConfigTrackingTests
{
    [Fact]
    public void Every_place_of_containers_and_volumes_counts_and_each_object_once()
    {
        var references = ConfigReference.Of(Template("""
            {
              "imagePullSecrets": [{"name": "pull"}],
              "volumes": [
                {"configMap": {"name": "a"}}, {"secret": {"secretName": "b", "optional": true}}, {"emptyDir": {}},
                {"projected": {"sources": [{"configMap": {"name": "c"}}, {"secret": {"name": "d"}}, {"serviceAccountToken": {}}]}}
              ],
              "initContainers": [{"env": [{"valueFrom": {"configMapKeyRef": {"name": "e", "key": "k"}}}]}],
              "containers": [
                {"env": [{"name": "X", "value": "1"}, {"valueFrom": {"secretKeyRef": {"name": "f", "key": "k", "optional": true}}}]},
                {"envFrom": [{"configMapRef": {"name": "a", "optional": true}}, {"secretRef": {"name": "g"}}]}
              ],
              "ephemeralContainers": [{"envFrom": [{"configMapRef": {"name": "never"}}]}]
            }
            """));

        references.Select(reference => $"{reference.Id}{(reference.IsOptional ? "?" : "")}").Should().Equal(
            "ConfigMap a", "ConfigMap c", "ConfigMap e", "Secret b?", "Secret d", "Secret f?", "Secret g");
    }

    [Theory]
    [InlineData("""{"metadata": {}}""", true)]
    [InlineData("""{"metadata": {"annotations": {"rollouts.dev/config-tracking": "enabled"}}}""", true)]
    [InlineData("""{"metadata": {"annotations": {"rollouts.dev/config-tracking": "disabled"}}}""", false)]
    [InlineData("""{"metadata": {"annotations": {"flagger.app/config-tracking": "disable"}}}""", false)]
    [InlineData("""{"type": "kubernetes.io/tls"}""", true)]
    [InlineData("""{"type": "kubernetes.io/service-account-token"}""", false)]
    public void An_object_can_opt_out_and_Secrets_of_other_types_are_shared(string secret, bool isTracked) =>
        Track("""{"volumes": [{"secret": {"secretName": "a"}}]}""", secret).Tracked.Count.Should().Be(isTracked ? 1 : 0);

    [Fact]
    public void What_is_missing_and_optional_is_skipped_and_what_has_to_be_there_is_named()
    {
        Track("""{"volumes": [{"configMap": {"name": "a", "optional": true}}]}""", null).Should().Be(ConfigTracking.None);
        Track("""{"volumes": [{"configMap": {"name": "a"}}]}""", null).Problem.Should().Be(
            "The target needs ConfigMap a, which does not exist: create it, or mark the reference to it as optional.");
    }

    // D19: binaryData was neither hashed nor copied.
    [Fact]
    public void The_hash_is_of_data_and_binaryData_in_whatever_order_and_of_nothing_else()
    {
        var one = Digest("""{"metadata": {"resourceVersion": "1"}, "data": {"a": "1", "b": "2"}, "binaryData": {"c": "AA=="}}""");

        Digest("""{"metadata": {"resourceVersion": "2"}, "immutable": true, "data": {"b": "2", "a": "1"}, "binaryData": {"c": "AA=="}}""").Should().Be(one);
        Digest("""{"data": {"a": "1", "b": "2"}, "binaryData": {"c": "AQ=="}}""").Should().NotBe(one);
        Digest("""{"data": {"a": "1", "b": "2", "c": "AA=="}}""").Should().NotBe(one);
        Digest("""{"data": {}}""").Should().Be(Digest("{}"));
    }

    [Fact]
    public void What_is_kept_of_an_object_has_the_hash_and_not_what_it_holds()
    {
        var secret = JsonNode.Parse("""{"metadata": {"name": "a"}, "type": "Opaque", "data": {"password": "c2VjcmV0"}, "stringData": {"x": "y"}}""")!.AsObject();
        var digest = ConfigDigest.Of(secret);

        ConfigDigest.Trim(secret);

        secret.ToJsonString().Should().Be($$$"""{"metadata":{"name":"a"},"type":"Opaque","rollouts.dev/digest":"{{{digest}}}"}""");
        ConfigDigest.Read(secret).Should().Be(digest);
    }

    [Fact]
    public void A_target_without_configs_is_named_by_its_template_alone() =>
        TargetRevision.Of(Versions.Template("1"), [], null, Scenes.Kept()).Should().Be(Versions.V1);

    [Fact]
    public void A_change_of_a_config_is_a_new_revision_and_going_back_is_the_old_one()
    {
        var red = Revision("red");

        Revision("blue").Should().NotBe(red);
        Revision("red").Should().Be(red).And.NotBe(Versions.V1);
        TargetRevision.Of(Versions.Template("2"), [Config("red")], null, Scenes.Kept()).Should().NotBe(red);
    }

    // D1: a new release of the controller starts no run.
    [Fact]
    public void A_revision_from_before_its_configs_were_tracked_keeps_its_name()
    {
        TargetRevision.Of(Versions.Template("1"), [Config("red")], Versions.V1, Scenes.Kept("1")).Should().Be(Versions.V1);
        TargetRevision.Of(Versions.Template("2"), [Config("red")], Versions.V1, Scenes.Kept("1")).Should().NotBe(Versions.V2);
        TargetRevision.Of(Versions.Template("1"), [Config("red")], Versions.V1, Scenes.Kept()).Should().Be(Revision("red"));
    }

    private static string Revision(string color) => TargetRevision.Of(Versions.Template("1"), [Config(color)], null, Scenes.Kept());

    private static TrackedConfig Config(string digest) => new(new(ObjectKind.ConfigMap, "colors"), digest, false, Model.EquatableMap.Empty);

    private static ConfigTracking Track(string pod, string? live)
    {
        var kept = live is null ? null : JsonNode.Parse(live)!.AsObject();
        return ConfigTracking.Of(Template(pod), _ => kept, []);
    }

    private static string Digest(string config) => ConfigDigest.Of(JsonNode.Parse(config)!.AsObject());

    private static JsonObject Template(string pod) => new() { ["spec"] = JsonNode.Parse(pod) };
}
