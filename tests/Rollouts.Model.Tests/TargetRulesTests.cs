using System.Text.Json.Nodes;
using Rollouts.Model.Validation;

namespace Rollouts.Model.Tests;

public sealed class TargetRulesTests
{
    [Theory]
    [InlineData("Deployment", "apps/v1")]
    [InlineData("DaemonSet", "apps/v1")]
    [InlineData("Service", "v1")]
    public void Each_kind_of_target_is_taken_with_its_own_API_version(string kind, string apiVersion) =>
        Errors(Target(kind, apiVersion)).Should().BeEmpty();

    [Theory]
    [InlineData("Deployment", "v1")]
    [InlineData("Deployment", "extensions/v1beta1")]
    [InlineData("DaemonSet", "v1")]
    [InlineData("Service", "apps/v1")]
    public void A_kind_with_the_API_version_of_another_is_refused(string kind, string apiVersion) =>
        Errors(Target(kind, apiVersion)).Should().Equal("spec.targetRef.apiVersion: must be apps/v1 for a Deployment or a DaemonSet, and v1 for a Service");

    [Theory]
    [InlineData("Deployment", "apps/v1", 0)]
    [InlineData("DaemonSet", "apps/v1", 1)]
    [InlineData("Service", "v1", 1)]
    public void Only_a_Deployment_has_an_autoscaler(string kind, string apiVersion, int errors) =>
        Errors(Target(kind, apiVersion).With("spec.autoscalerRef", """{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","name":"podinfo"}"""))
            .Count(error => error.StartsWith("spec.autoscalerRef: must not stand beside a target that is no Deployment")).Should().Be(errors);

    [Theory]
    [InlineData("Deployment", "apps/v1", 0)]
    [InlineData("DaemonSet", "apps/v1", 1)]
    [InlineData("Service", "v1", 1)]
    public void Only_a_Deployment_has_replicas_to_set(string kind, string apiVersion, int errors) =>
        Errors(Target(kind, apiVersion).With("spec.analysis.stepWeight", null).With("spec.analysis.steps", """[{"setWeight":10},{"setCanaryScale":{"replicas":2}}]"""))
            .Count(error => error.StartsWith("spec.analysis.steps[1].setCanaryScale: ")).Should().Be(errors);

    [Theory]
    [InlineData("Deployment", "apps/v1", "other", 0)]
    [InlineData("Service", "v1", "podinfo", 0)]
    [InlineData("Service", "v1", "other", 1)]
    public void A_Service_that_is_the_target_is_the_apex_too(string kind, string apiVersion, string name, int errors) =>
        Errors(Target(kind, apiVersion).With("spec.service.name", $"\"{name}\"")).Count(error => error.StartsWith("spec.service.name: must be targetRef.name")).Should().Be(errors);

    [Theory]
    [InlineData("Deployment", "apps/v1", 0)]
    [InlineData("Service", "v1", 1)]
    public void What_a_copied_Service_has_of_its_own_is_warned_of(string kind, string apiVersion, int warnings) =>
        CanaryValidation.Check(Target(kind, apiVersion).With("spec.service.targetPort", "8080")).Warnings
            .Count(warning => warning.Path == "spec.service.targetPort").Should().Be(warnings);

    private static JsonObject Target(string kind, string apiVersion) =>
        Manifest.Ramp().With("spec.targetRef", $$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}","name":"podinfo"}""");

    private static IEnumerable<string> Errors(JsonObject manifest) => CanaryValidation.Check(manifest).Errors.Select(error => error.ToString());
}
