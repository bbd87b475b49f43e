using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Analysis;
using Rollouts.Model.Status;

namespace Rollouts.Core.Tests.Routing;

public class CookieJarTests
{
    private static readonly AffinitySpec Both = new() { CookieName = "seen", PrimaryCookieName = "kept" };
    private static readonly AffinitySpec One = new() { CookieName = "seen" };
    private static readonly CanaryMetadata Canary = new() { ApiGroup = "rollouts.dev", Key = new CanaryKey("shop", "podinfo"), Uid = "7f1b" };

    [Fact]
    public void A_candidate_with_traffic_gets_a_cookie_of_ten_letters()
    {
        var cookies = Next(Cookies.None, Both, 20);

        cookies.Candidate.Should().MatchRegex("^seen=[a-z]{10}$");
        cookies.Primary.Should().MatchRegex("^kept=[a-z]{10}$");
        cookies.Primary![5..].Should().NotBe(cookies.Candidate![5..]);
        cookies.Previous.Should().BeNull();
        Next(Cookies.None, One, 20).Primary.Should().BeNull("nobody asked for it");
    }

    [Fact]
    public void To_decide_it_twice_comes_out_the_same_and_each_run_has_its_own()
    {
        Next(Cookies.None, Both, 20).Should().Be(Next(Cookies.None, Both, 20));
        Next(Cookies.None, Both, 20, "2").Candidate.Should().NotBe(Next(Cookies.None, Both, 20).Candidate);
        CookieJar.Next(Cookies.None, Both, Canary with { Uid = "other" }, "1", At(20)).Candidate.Should().NotBe(Next(Cookies.None, Both, 20).Candidate);
    }

    [Fact]
    public void Cookies_that_were_given_stay_for_as_long_as_the_candidate_has_traffic()
    {
        var given = new Cookies("seen=a", "kept=b", "seen=z");

        Next(given, Both, 40).Should().Be(given);
        Next(given, One, 40).Should().Be(given with { Primary = null });
    }

    [Fact]
    public void A_candidate_without_traffic_has_its_cookie_taken_back()
    {
        Next(new Cookies("seen=a", "kept=b", "seen=z"), Both, 0).Should().Be(new Cookies(null, null, "seen=a"));
        Next(new Cookies(null, null, "seen=a"), Both, 0).Should().Be(new Cookies(null, null, "seen=a"), "who was away comes later");
        Next(Cookies.None, Both, 0).Should().Be(Cookies.None);
        CookieJar.Next(Cookies.None, Both, Canary, "1", new Traffic(Split.AllPrimary, new Weight(50))).Should().Be(Cookies.None, "nobody sees the answers to copies");
    }

    [Fact]
    public void A_cookie_that_is_renamed_in_mid_run_is_made_anew_and_the_old_one_taken_back()
    {
        var cookies = Next(new Cookies("old=a", "older=b", null), Both, 20);

        cookies.Should().Be(Next(Cookies.None, Both, 20) with { Previous = "old=a" });
        Next(new Cookies("seen2=a", null, null), One, 20).Candidate.Should().StartWith("seen=", "a longer name that begins alike is another one");
    }

    [Fact]
    public void Without_affinity_there_are_no_cookies() => Next(new Cookies("seen=a", "kept=b", "seen=z"), null, 20).Should().Be(Cookies.None);

    private static Cookies Next(Cookies present, AffinitySpec? affinity, int weight, string run = "1") => CookieJar.Next(present, affinity, Canary, run, At(weight));

    private static Traffic At(int weight) => new(new Split(new Weight(weight)), Weight.Zero);
}
