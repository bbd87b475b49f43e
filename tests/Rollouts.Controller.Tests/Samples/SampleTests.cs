using Rollouts.Model.Status;

namespace Rollouts.Controller.Tests.Samples;

/// <summary>Every folder of samples/ is a story that comes to its end.</summary>
public sealed class SampleTests(SamplePlays plays) : IClassFixture<SamplePlays>
{
    public static TheoryData<string> Samples => [.. Sample.Names];

    [Fact]
    public void The_ending_of_every_sample_is_known_and_of_nothing_else() => Story.All.Keys.Should().BeEquivalentTo(Sample.Names);

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_releases_a_change_by_the_steps_of_its_story_and_promotes_it(string name)
    {
        Story.All.Should().ContainKey(name, "somebody has to say how the story goes");
        var (status, routes) = await plays.Of(name);

        status.Phase.Should().Be(Phase.Succeeded, status.Message);
        routes.Should().Be(Story.All[name].Routes);
        status.History.Select(run => run.Outcome).Should().Equal(RunOutcome.Promoted, RunOutcome.Initial);
    }

    [Fact]
    public async Task A_bad_release_of_a_sample_is_rolled_back()
    {
        var (status, routes) = await SamplePlay.RunAsync(plays.Cluster, "istio-canary", new Story("100/0, 90/10, 100/0"), successRate: 50);

        status.Phase.Should().Be(Phase.Failed, status.Message);
        routes.Should().Be("100/0, 90/10, 100/0");
    }
}
