namespace Rollouts.Sandbox.Prometheus;

/// <summary>Something that scrapes the mesh and answers Prometheus' query API, until it is disposed.</summary>
public interface IPrometheus : IAsyncDisposable
{
    /// <summary>On loopback, without a path.</summary>
    Uri Url { get; }
}
