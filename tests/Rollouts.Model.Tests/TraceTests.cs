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
            reading.Errors.Where(error => !error.Message.StartsWith("this release does not act on it yet: ")).Should().BeEmpty();
        }
    }

    [Fact]
    public void Every_strategy_over_istio_is_taken_and_what_is_missing_is_named()
    {
        var refusals = Names.ToDictionary(
            scenario => scenario,
            scenario => string.Join(" ", Canaries(scenario).SelectMany(Refused).Distinct()));

        refusals.Where(refusal => refusal.Value.Length > 0).ToDictionary().Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["blue-green-kubernetes"] = "spec.provider",
            ["daemonset"] = "spec.provider",
            ["gatewayapi"] = "spec.provider spec.service.gatewayRefs",
            ["smi"] = "spec.provider",
        });
    }

    private static IEnumerable<string> Refused(JsonObject manifest) => Canary.Parse(manifest).Errors.Select(error => error.Path);

    private static IEnumerable<JsonObject> Canaries(string scenario)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Shared, "traces", $"{scenario}.json")).Replace("{api}", "flagger.app/v1beta1").Replace("{stub}", "http://stub.test");
        return (Manifest.Parse(text)["manifests"]?.AsArray() ?? [])
            .OfType<JsonObject>()
            .Where(manifest => manifest["kind"]?.GetValue<string>() == "Canary")
            .Select(manifest => manifest.DeepClone().AsObject());
    }
}
