using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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

    /// <summary>The same for a law with holes, which are filled in only where it is broken.</summary>
    public static void Unless([DoesNotReturnIf(false)] bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] BrokenText law)
    {
        if (!holds)
            throw new LawBroken(law.ToString());
    }
}
