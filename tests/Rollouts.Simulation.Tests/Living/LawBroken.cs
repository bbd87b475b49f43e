using System.Diagnostics.CodeAnalysis;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>Something that may never be was seen.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only thrown here.")]
internal sealed class LawBroken(string message) : Exception(message)
{
    /// <summary>Plain, because a life asks this a thousand times.</summary>
    public static void Unless([DoesNotReturnIf(false)] bool holds, string law)
    {
        if (!holds)
            throw new LawBroken(law);
    }
}
