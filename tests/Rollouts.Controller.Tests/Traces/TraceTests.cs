using Xunit.Abstractions;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>
/// The recorded runs of Flagger: the same manifests and stimuli lead us through the same weights and to the same end, but for what the
/// README of this folder lists, with its reason, and for what open.txt lists as not met yet.
/// </summary>
public sealed class TraceTests(TracePlays plays, ITestOutputHelper output) : IClassFixture<TracePlays>
{
    public static TheoryData<string> Traces => new(Trace.Names);

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task A_recorded_run_comes_to_the_recorded_weights_routes_phases_hooks_and_end(string name)
    {
        var expected = Expectation.Of(Trace.Load(name));
        var outcome = await plays.Of(name);
        var deviations = expected.Deviations(outcome.Fields);
        output.WriteLine($"{name}: {string.Join("; ", deviations.DefaultIfEmpty("as expected"))}. The status says: {outcome.Message}");

        if (expected.OpenBecause is { } reason)
            deviations.Should().NotBeEmpty($"a trace that is met has to leave open.txt, where it stands with «{reason}»");
        else
            deviations.Should().BeEmpty($"the run is compared with Flagger's; the status says: {outcome.Message}");
    }

    [Fact]
    public void Every_difference_names_a_field_of_a_trace_what_Flagger_did_there_and_why_we_do_not()
    {
        Difference.All.Should().NotBeEmpty().And.OnlyHaveUniqueItems(difference => $"{difference.Trace} {difference.Field}");
        Difference.All.Select(difference => difference.Trace).Should().BeSubsetOf(Trace.Names).And.NotIntersectWith(OpenTraces.All.Keys, "an open trace proves no difference");
        foreach (var difference in Difference.All)
        {
            Trace.Load(difference.Trace).Recorded.Should().Contain(difference.Field, difference.Flagger);
            difference.Rollouts.Should().NotBe(difference.Flagger, "{0} {1} would be no difference", difference.Trace, difference.Field);
            difference.Why.Should().NotBeEmpty();
        }
    }

    [Fact]
    public void Every_open_trace_is_one_that_was_recorded()
    {
        OpenTraces.All.Keys.Should().BeSubsetOf(Trace.Names);

        var different = Difference.All.Select(difference => difference.Trace).Distinct().Count();
        var (all, open) = (Trace.Names.Count(), OpenTraces.All.Count);
        output.WriteLine($"Of {all} recorded runs {all - different - open} come out equal, {different} differ on purpose ({Difference.All.Count} fields), {open} are open.");
    }
}
