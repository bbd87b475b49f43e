namespace Rollouts.Sandbox.Traffic;

/// <summary>The distances between arrivals.</summary>
internal sealed class ArrivalClock(Arrival arrival, int seed)
{
    private readonly Random _random = new(seed);

    /// <param name="rate">Per second, above 0.</param>
    public TimeSpan Next(double rate) => TimeSpan.FromSeconds(arrival switch
    {
        Arrival.Constant => 1 / rate,
        Arrival.Poisson => -Math.Log(1 - _random.NextDouble()) / rate,
    });
}
