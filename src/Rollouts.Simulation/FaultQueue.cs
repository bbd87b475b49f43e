namespace Rollouts.Simulation;

/// <summary>What goes wrong with writes, one after the other.</summary>
internal sealed class FaultQueue
{
    private readonly Queue<(int Writes, WriteFault Fault)> faults = new();
    private int wentWell;

    /// <param name="writes">How many go well behind the fault before, or from now on where there is none.</param>
    public void Add(int writes, WriteFault fault) => faults.Enqueue((writes, fault));

    public void Clear()
    {
        faults.Clear();
        wentWell = 0;
    }

    /// <summary>What goes wrong with the next write; null: nothing.</summary>
    public WriteFault? Next()
    {
        if (!faults.TryPeek(out var next))
            return null;
        if (wentWell < next.Writes)
        {
            wentWell++;
            return null;
        }
        faults.Dequeue();
        wentWell = 0;
        return next.Fault;
    }
}
