using System.Text.Json.Nodes;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Routing;

/// <summary>
/// The routes that Flagger 1.44 was recorded to write, rule by rule as PRIMARY/CANARY: <c>match</c> or <c>cookie</c> before a rule that only
/// such requests take, <c>mirror</c> after one that copies, <c>-</c> for a destination that is not there.
/// </summary>
public class IstioRecordedTests
{
    private static readonly RouteIntent Plain = new(Names.Of(Scenes.Resting().Reading().Canary!), Scenes.Resting().Reading().Spec!.Service, Traffic.AllPrimary);

    private static readonly EquatableList<RawJson> Insiders = [new RawJson(JsonNode.Parse("""{"headers": {"x-canary": {"exact": "insider"}}}""")!)];

    [Theory]
    [InlineData(0, 0, "100/0")]
    [InlineData(20, 0, "80/20")]
    [InlineData(0, 50, "100/0 mirror 50%")]
    [InlineData(0, 100, "100/0 mirror 100%")]
    [InlineData(100, 0, "0/100")]
    public void A_ramp_with_a_mirror(int candidate, int mirrored, string route) => Written(Plain, candidate, mirrored).Should().Be(route);

    [Theory]
    [InlineData(0, "match 100/0 ; 100/-")]
    [InlineData(100, "match 0/100 ; 100/-")] // Flagger writes 0/- here; of a single destination Istio does not ask the share.
    public void An_AB_run(int candidate, string route) => Written(Plain with { Match = Insiders }, candidate).Should().Be(route);

    [Theory]
    [InlineData(0, null, null, "100/0")]
    [InlineData(20, "seen=a", null, "cookie 0/100 ; 80/20")]
    [InlineData(40, "seen=a", null, "cookie 0/100 ; 60/40")]
    [InlineData(0, null, "seen=a", "cookie 100/0 ; 100/0")]
    public void A_ramp_with_session_affinity(int candidate, string? cookie, string? previous, string route) =>
        Written(Plain with { Affinity = new AffinitySpec { CookieName = "seen" }, Cookies = new Cookies(cookie, null, previous) }, candidate).Should().Be(route);

    private static string Written(RouteIntent intent, int candidate, int mirrored = 0)
    {
        var shaped = IstioVirtualService.Shape(null, intent with { Traffic = new Traffic(new Split(new Weight(candidate)), new Weight(mirrored)) });
        return string.Join(" ; ", shaped["spec"]!["http"]!.AsArray().Select(rule => $"{Asked(rule!)}{Weight(rule!, "podinfo-primary")}/{Weight(rule!, "podinfo-canary")}{Copied(rule!)}"));
    }

    private static string Asked(JsonNode rule) => rule["match"]?[0]?["headers"] is not { } headers ? "" : headers["cookie"] is null ? "match " : "cookie ";

    private static string Weight(JsonNode rule, string host) =>
        rule["route"]!.AsArray().FirstOrDefault(entry => entry!["destination"]!["host"]!.GetValue<string>() == host)?["weight"]?.ToJsonString() ?? "-";

    private static string Copied(JsonNode rule) => rule["mirror"]?["host"]?.GetValue<string>() == "podinfo-canary" ? $" mirror {rule["mirrorPercentage"]!["value"]}%" : "";
}
