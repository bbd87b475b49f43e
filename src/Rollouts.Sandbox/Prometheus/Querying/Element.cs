using Rollouts.Sandbox.Prometheus.Storage;

namespace Rollouts.Sandbox.Prometheus.Querying;

internal readonly record struct Element(Labels Labels, double Value);
