namespace Rollouts.Sandbox.Prometheus.Querying;

internal enum ValueType
{
    Scalar,
    Text,
    Vector,
    Matrix,
}
