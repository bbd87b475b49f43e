namespace Rollouts.Sandbox.Mesh.Telemetry;

/// <summary>Which of the two proxies on a request's way counted it.</summary>
internal enum Reporter
{
    Source,
    Destination,
}
