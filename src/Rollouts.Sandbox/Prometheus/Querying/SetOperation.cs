namespace Rollouts.Sandbox.Prometheus.Querying;

/// <summary><c>and</c>, <c>or</c> and <c>unless</c>: elements pass as they are, by what the other side has.</summary>
internal static class SetOperation
{
    public static VectorValue Evaluate(Binary operation, IReadOnlyList<Element> left, IReadOnlyList<Element> right)
    {
        var signature = VectorMatching.Signature(operation.Matching);
        var inLeft = left.Select(element => signature(element.Labels)).ToHashSet();
        var inRight = right.Select(element => signature(element.Labels)).ToHashSet();
        return new VectorValue(operation.Operator switch
        {
            BinaryOperator.And => [.. left.Where(element => inRight.Contains(signature(element.Labels)))],
            BinaryOperator.Unless => [.. left.Where(element => !inRight.Contains(signature(element.Labels)))],
            _ => [.. left, .. right.Where(element => !inLeft.Contains(signature(element.Labels)))],
        });
    }
}
