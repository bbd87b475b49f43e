using System.Runtime.CompilerServices;
using System.Text;

namespace Rollouts.Simulation.Tests.Living;

/// <summary>The words of a law, put together only if it is broken.</summary>
[InterpolatedStringHandler]
internal readonly ref struct BrokenText
{
    private readonly StringBuilder? text;

    public BrokenText(int literals, int holes, bool holds, out bool isBroken)
    {
        isBroken = !holds;
        text = holds ? null : new StringBuilder(literals + (holes * 16));
    }

    public void AppendLiteral(string words) => text?.Append(words);

    public void AppendFormatted<T>(T value) => text?.Append(value);

    public override string ToString() => text?.ToString() ?? "";
}
