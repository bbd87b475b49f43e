namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>
/// Says which requests to the API server go wrong, for tests of its callers. The sandbox's own controllers do not come by HTTP and
/// are never disturbed.
/// </summary>
public interface IRequestFaults
{
    /// <summary>Asked once for each request as it comes in, also by several at a time; null: all goes well.</summary>
    RequestFault? For(ApiRequest request);

    /// <summary>
    /// Told when a fault comes to pass, which is not each one that was drawn: a watch's does once the events before it have been sent, if
    /// they ever are, and never to any other request.
    /// </summary>
    void Met(ApiRequest request, RequestFault fault)
    {
    }
}
