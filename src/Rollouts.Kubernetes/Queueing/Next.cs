namespace Rollouts.Kubernetes.Queueing;

/// <summary>When a key that was reconciled wants to be looked at again, if nothing about it changes before.</summary>
public readonly record struct Next
{
    private Next(TimeSpan? delay) => Delay = delay;

    /// <summary>Null: not by itself.</summary>
    public TimeSpan? Delay { get; }

    public static Next Done => default;

    public static Next After(TimeSpan delay) => new(delay);
}
