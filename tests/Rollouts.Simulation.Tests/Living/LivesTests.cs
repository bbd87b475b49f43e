using System.Globalization;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>
/// Random lives of Canaries in virtual time. A seed that fails is printed with the least that still fails; ROLLOUTS_LIFE_SEED=N plays it
/// alone, and ROLLOUTS_LIVES=N plays more lives than the usual.
/// </summary>
public sealed class LivesTests
{
    private const long Lives = 20_000;

    [Fact]
    public void Whatever_happens_the_laws_hold_and_a_good_revision_is_promoted_in_the_end()
    {
        var failed = Seeds().AsParallel().AsOrdered().Select(Life.Of).Where(life => life.Breaks() is not null).Take(10).ToList();
        failed.Select(Describe).Should().BeEmpty();
    }

    [Fact]
    public void Deleting_a_Canary_at_any_time_is_never_an_outage()
    {
        var failed = Seeds().Take(2_000).AsParallel().AsOrdered().Select(Life.Of).Select(life => (life, broken: life.Breaks(restored: true))).Where(life => life.broken is not null);
        failed.Take(5).Select(life => $"ROLLOUTS_LIFE_SEED={life.life.Seed} fails: {life.broken}\n{life.life}").Should().BeEmpty();
    }

    [Fact]
    public void The_same_seed_gives_the_same_life() =>
        Life.Of(7).Live().Should().Equal(Life.Of(7).Live()).And.NotEqual(Life.Of(8).Live());

    private static string Describe(Life life)
    {
        var least = life.Shrunk();
        return $"ROLLOUTS_LIFE_SEED={life.Seed} fails: {(least.Breaks() is LawBroken law ? law.Message : least.Breaks())}\nat least with {least}";
    }

    private static IEnumerable<long> Seeds() =>
        Number("ROLLOUTS_LIFE_SEED") is { } seed ? [seed] : Enumerable.Range(1, (int)(Number("ROLLOUTS_LIVES") ?? Lives)).Select(number => (long)number);

    private static long? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
