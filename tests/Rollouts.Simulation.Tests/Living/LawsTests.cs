using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>That the laws see what breaks them.</summary>
public sealed class LawsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly CanaryStatus Resting = CanaryStatus.None with { Phase = Phase.Initialized, Message = "It rests.", StableRevision = Versions.RevisionOf(TargetKind.Deployment, "1") };

    private static readonly Observation Seen = new()
    {
        Now = Noon,
        Canary = Canary.Parse(SpecDraw.Canary(SpecDraw.Spec(new Chance(1), TargetKind.Deployment))) with { Status = Resting },
    };

    public static TheoryData<string, CanaryStatus, int?> Broken => new()
    {
        { "leads from", Resting with { Phase = Phase.Finalising }, null },
        { "is a loop", Resting, 0 },
        { "what is going on", Resting with { Message = " " }, null },
        { "stable is what", Resting with { StableRevision = Versions.RevisionOf(TargetKind.Deployment, "2") }, null },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_decision_that_breaks_a_law_is_seen(string law, CanaryStatus status, int? wakeup)
    {
        var decide = () => new Laws().Decided(Seen, new Decision(status, wakeup is { } after ? Noon.AddSeconds(after) : null));
        decide.Should().Throw<LawBroken>().WithMessage($"*{law}*");
    }

    [Fact]
    public void One_that_breaks_none_is_let_through()
    {
        var decide = () => new Laws().Decided(Seen, new Decision(Resting, Noon.AddSeconds(1)));
        decide.Should().NotThrow();
    }

    [Theory]
    [InlineData(90, 20, "sum to 100")]
    [InlineData(80, 20, "ready")]
    public void A_route_that_may_not_be_written_is_seen(int primary, int candidate, string law)
    {
        var route = JsonNode.Parse($$$"""
            {"spec": {"http": [{"route": [
              {"destination": {"host": "podinfo-primary"}, "weight": {{{primary}}}}, {"destination": {"host": "podinfo-canary"}, "weight": {{{candidate}}}}
            ]}]}}
            """)!.AsObject();
        var write = () => new Laws().Writes(Seen, Resting, new(ObjectKind.VirtualService, "podinfo"), route);
        write.Should().Throw<LawBroken>().WithMessage($"*{law}*");
    }

    [Fact]
    public void A_primary_of_a_template_that_was_not_promoted_is_seen()
    {
        var primary = Versions.Target(TargetKind.Deployment, "2");
        primary["spec"]!["template"]!["metadata"]!["annotations"] = new JsonObject { [Names.RevisionAnnotation] = Versions.RevisionOf(TargetKind.Deployment, "2") };
        var write = () => new Laws().Writes(Seen, Resting, new(ObjectKind.Deployment, "podinfo-primary"), primary);
        write.Should().Throw<LawBroken>().WithMessage("*what was promoted*");
    }

    [Fact]
    public void A_life_that_fails_is_told_with_no_more_than_it_needs()
    {
        var happenings = new[] { Happening.Pass(15), new Happening("it breaks", (_, _) => throw new LawBroken("broken")), Happening.Pass(15) };
        var life = Life.Of(7) with { Happenings = happenings };

        Life.Wrong(() => life.Live()).Should().BeOfType<LawBroken>();
        life.Shrunk(less => less.Live()).Happenings.Select(happening => happening.Name).Should().Equal("it breaks");
    }
}
