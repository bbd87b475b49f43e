namespace Rollouts.Model.Status;

/// <summary>Whether a condition holds.</summary>
public enum ConditionStatus
{
    True,
    False,
    Unknown,
}
