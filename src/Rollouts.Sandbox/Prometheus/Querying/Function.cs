namespace Rollouts.Sandbox.Prometheus.Querying;

/// <param name="Parameters">Their types, in order; all are required.</param>
internal sealed record Function(
    string Name, ValueType Returns, IReadOnlyList<ValueType> Parameters, Func<IReadOnlyList<Value>, Moment, Value> Apply);
