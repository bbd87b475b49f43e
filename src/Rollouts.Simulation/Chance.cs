namespace Rollouts.Simulation;

/// <summary>
/// Chance by a seed. The same seed draws the same on every machine and with every release of the runtime, which System.Random does not
/// promise (SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
/// </summary>
public sealed class Chance(long seed)
{
    private ulong state = (ulong)seed;

    /// <summary>A number from 0 up to, and never, 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 up to, and never, the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Of the normal distribution around 0 with deviation 1 (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share());

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
