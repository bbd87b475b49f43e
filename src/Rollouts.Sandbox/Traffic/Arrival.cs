namespace Rollouts.Sandbox.Traffic;

/// <summary>How requests are spread over time at a given rate.</summary>
public enum Arrival
{
    /// <summary>At equal distances.</summary>
    Constant,

    /// <summary>Independently of each other, as many users are: exponentially distributed distances.</summary>
    Poisson,
}
