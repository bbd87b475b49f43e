using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rollouts.Core.Routing;
using Rollouts.Core.Routing.Istio;
using Rollouts.Core.Tests.Building;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Routing;

public class IstioAffinityTests
{
    private static readonly Names Names = Names.Of(Scenes.Resting().Reading().Canary!);

    // Flagger's pattern has no bounds: it also takes xseen=ab, seen=abc and a cookie whose value has seen=ab in it.
    [Theory]
    [InlineData("seen=ab", true)]
    [InlineData("a=1; seen=ab", true)]
    [InlineData("a=1;seen=ab; b=2", true)]
    [InlineData("seen=ab;b=2", true)]
    [InlineData("xseen=ab", false)]
    [InlineData("a=1; xseen=ab", false)]
    [InlineData("seen=abc", false)]
    [InlineData("seen=a", false)]
    [InlineData("a=seen=ab", false)]
    [InlineData("a=b seen=ab", false)]
    [InlineData("", false)]
    public void A_sticky_rule_asks_for_exactly_this_cookie(string header, bool matches) =>
        Regex.IsMatch(header, StickyPattern("seen=ab"), RegexOptions.NonBacktracking).Should().Be(matches);

    [Theory]
    [InlineData("se.en=ab", "se.en=ab", true)]
    [InlineData("se.en=ab", "seXen=ab", false)]
    [InlineData("a+b|c=ab", "a+b|c=ab", true)]
    [InlineData("a+b|c=ab", "aab", false)]
    public void What_a_pattern_gives_a_meaning_is_taken_as_it_stands(string cookie, string header, bool matches) =>
        Regex.IsMatch(header, StickyPattern(cookie), RegexOptions.NonBacktracking).Should().Be(matches);

    [Fact]
    public void A_cookie_has_every_attribute_that_the_Canary_gives_it_also_when_it_is_taken_back()
    {
        var affinity = new AffinitySpec
        {
            CookieName = "seen",
            PrimaryCookieName = "kept",
            MaxAge = TimeSpan.FromSeconds(60),
            Path = "/shop",
            Domain = "example.org",
            HttpOnly = true,
            Secure = true,
            SameSite = "None",
            Partitioned = true,
        };
        const string Attributes = "Path=/shop; Domain=example.org; HttpOnly; Secure; SameSite=None; Partitioned";

        var during = IstioVirtualService.Shape(null, Intent(20) with { Affinity = affinity, Cookies = new Cookies("seen=a", "kept=b", null), Interval = new Interval(TimeSpan.FromSeconds(90)) });
        var after = IstioVirtualService.Shape(during, Intent(0) with { Affinity = affinity, Cookies = new Cookies(null, null, "seen=a") });

        Given(during["spec"]!["http"]![2]!).Should().Equal($"kept=b; Max-Age=90; {Attributes}", $"seen=a; Max-Age=60; {Attributes}");
        Given(after["spec"]!["http"]![0]!).Should().Equal($"seen=a; Max-Age=-1; {Attributes}", $"seen=a; Max-Age=-1; {Attributes}");
        Given(after["spec"]!["http"]![1]!).Should().BeEmpty();
    }

    [Fact]
    public void A_sticky_rule_that_still_sends_users_to_a_candidate_of_weight_0_is_no_retreat()
    {
        var live = IstioVirtualService.Shape(null, Intent(20) with { Affinity = new AffinitySpec { CookieName = "seen" }, Cookies = new Cookies("seen=a", null, null) });
        live["spec"]!["http"]![1]!["route"]![0]!["weight"] = 100;
        live["spec"]!["http"]![1]!["route"]![1]!["weight"] = 0;

        IstioVirtualService.Read(live, Names).Should().BeNull();
        IstioVirtualService.Read(IstioVirtualService.Reweigh(live, Names, Traffic.AllPrimary), Names).Should().Be(Traffic.AllPrimary);
    }

    [Fact]
    public void A_rule_before_one_that_somebody_removed_goes_too()
    {
        var live = IstioVirtualService.Shape(null, Intent(20) with { Affinity = new AffinitySpec { CookieName = "seen" }, Cookies = new Cookies("seen=a", null, null) });
        live["spec"]!["http"]!.AsArray().RemoveAt(1);

        IstioVirtualService.Read(live, Names).Should().BeNull();
        IstioVirtualService.Reweigh(live, Names, Traffic.AllPrimary)["spec"]!["http"]!.AsArray().Should().BeEmpty();
        IstioVirtualService.Shape(live, Intent(0))["spec"]!["http"]!.AsArray().Should().ContainSingle();
    }

    private static string StickyPattern(string cookie)
    {
        var shaped = IstioVirtualService.Shape(null, Intent(20) with { Affinity = new AffinitySpec { CookieName = "seen" }, Cookies = new Cookies(cookie, null, null) });
        // Istio matches the whole header.
        return $@"\A(?:{shaped["spec"]!["http"]![0]!["match"]![0]!["headers"]!["cookie"]!["regex"]!.GetValue<string>()})\z";
    }

    private static IEnumerable<string> Given(JsonNode rule) => rule["route"]!.AsArray()
        .Select(entry => entry!["headers"]?["response"]?["add"]?["Set-Cookie"]?.GetValue<string>()).OfType<string>();

    private static RouteIntent Intent(int weight) =>
        new(Names, Scenes.Resting().Reading().Spec!.Service, new Traffic(new Split(new Weight(weight)), Weight.Zero));
}
