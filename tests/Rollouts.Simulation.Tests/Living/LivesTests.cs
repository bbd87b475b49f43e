using System.Globalization;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>
/// Random lives of Canaries in virtual time. A seed that fails is printed with the least that still fails; ROLLOUTS_LIFE_SEED=N plays it
/// alone, and ROLLOUTS_LIVES=N plays more lives than the usual.
/// </summary>
public sealed class LivesTests
{
    private const int Lives = 20_000;

    [Fact]
    public void Whatever_happens_the_laws_hold_and_a_good_revision_is_promoted_in_the_end() => Holds(Lives, life => life.Live());

    [Fact]
    public void Whatever_happened_a_run_ends_or_says_why_it_holds() => Holds(4_000, life => life.Rest());

    [Fact]
    public void Deleting_a_Canary_at_any_time_is_never_an_outage() => Holds(2_000, life => life.End());

    [Fact]
    public void The_same_seed_gives_the_same_life() =>
        Life.Of(7).Live().Should().Equal(Life.Of(7).Live()).And.NotEqual(Life.Of(8).Live());

    private static void Holds(int lives, Action<Life> live) =>
        Seeds(lives).AsParallel().AsOrdered().Select(Life.Of).Where(life => Life.Wrong(() => live(life)) is not null).Take(10).ToList()
            .Select(life => Describe(life, live)).Should().BeEmpty();

    private static string Describe(Life life, Action<Life> live)
    {
        var least = life.Shrunk(live);
        var broken = Life.Wrong(() => live(least));
        return $"ROLLOUTS_LIFE_SEED={life.Seed} fails: {(broken is LawBroken law ? law.Message : broken)}\nat least with {least}";
    }

    private static IEnumerable<long> Seeds(int lives) =>
        Number("ROLLOUTS_LIFE_SEED") is { } seed ? [seed] : Enumerable.Range(1, (int)(Number("ROLLOUTS_LIVES") ?? lives)).Select(number => (long)number);

    private static long? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
