using System.Text.Json.Nodes;
using Rollouts.TestKit;

namespace Rollouts.Model.Tests;

/// <summary>The Canaries of the recorded Flagger runs, as a user would bring them.</summary>
public sealed class TraceTests
{
    public static TheoryData<string> Scenarios => new(Names);

    private static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Repository.Shared, "traces"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_canary_of_flagger_has_no_unknown_and_no_wrong_field_and_what_is_not_supported_is_said(string scenario)
    {
        foreach (var manifest in Canaries(scenario))
        {
            var reading = Canary.Parse(manifest);

            reading.Metadata.ApiGroup.Should().Be("flagger.app");
            reading.Warnings.Should().BeEmpty();
            reading.Errors.Should().OnlyContain(error => error.Message.StartsWith("this release does not act on it yet: "));
            reading.Errors.Select(error => error.Path).Should().Contain("spec.analysis.webhooks", "every recorded Canary reports its events to a webhook");
        }
    }

    [Fact]
    public void Without_its_webhooks_a_ramp_over_istio_is_taken_and_every_other_strategy_names_what_is_missing()
    {
        var refusals = Names.ToDictionary(
            scenario => scenario,
            scenario => string.Join(" ", Canaries(scenario).SelectMany(WithoutWebhooks).Distinct()));

        refusals.Where(refusal => refusal.Value.Length > 0).ToDictionary().Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["ab"] = "spec.analysis.iterations spec.analysis.match",
            ["blue-green"] = "spec.analysis.iterations",
            ["blue-green-kubernetes"] = "spec.provider spec.analysis.iterations",
            ["blue-green-mirror"] = "spec.analysis.iterations spec.analysis.mirror",
            ["daemonset"] = "spec.provider spec.targetRef.kind spec.analysis.iterations",
            ["gatewayapi"] = "spec.provider spec.service.gatewayRefs",
            ["hpa"] = "spec.autoscalerRef",
            ["promotion-steps"] = "spec.analysis.stepWeightPromotion",
            ["ramp-mirror"] = "spec.analysis.mirror",
            ["session-affinity"] = "spec.analysis.sessionAffinity",
            ["skip-analysis"] = "spec.skipAnalysis",
            ["smi"] = "spec.provider",
        });
    }

    private static IEnumerable<string> WithoutWebhooks(JsonObject manifest) =>
        Canary.Parse(manifest.With("spec.analysis.webhooks", null)).Errors.Select(error => error.Path);

    private static IEnumerable<JsonObject> Canaries(string scenario)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Shared, "traces", $"{scenario}.json")).Replace("{api}", "flagger.app/v1beta1").Replace("{stub}", "http://stub.test");
        return (Manifest.Parse(text)["manifests"]?.AsArray() ?? [])
            .OfType<JsonObject>()
            .Where(manifest => manifest["kind"]?.GetValue<string>() == "Canary")
            .Select(manifest => manifest.DeepClone().AsObject());
    }
}
