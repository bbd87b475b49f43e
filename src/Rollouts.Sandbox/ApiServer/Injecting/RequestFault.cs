namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>What goes wrong with one request.</summary>
public abstract record RequestFault
{
    private protected RequestFault()
    {
    }

    /// <summary>What a write based on an old state gets, though nobody wrote in between: nothing is carried out.</summary>
    public static RequestFault Conflict => new RefusedRequest(409, "Conflict", "Operation cannot be fulfilled: the object has been modified");

    /// <summary>What a user gets whom no role allows it.</summary>
    public static RequestFault Forbidden => new RefusedRequest(403, "Forbidden", "forbidden: the user may not do that");

    public static RequestFault InternalError => new RefusedRequest(500, "InternalError", "Internal error occurred: etcdserver: leader changed");

    /// <param name="retryAfter">Whole seconds, as the header Retry-After has them.</param>
    public static RequestFault TooManyRequests(int retryAfter) =>
        new RefusedRequest(429, "TooManyRequests", "too many requests, please try again later") { RetryAfter = retryAfter };

    /// <summary>The connection breaks and nothing was carried out.</summary>
    public static RequestFault ConnectionLost => new CutRequest(CarriedOut: false);

    /// <summary>The request is carried out and the connection breaks before a byte of the answer is sent.</summary>
    public static RequestFault AnswerLost => new CutRequest(CarriedOut: true);

    internal abstract Task MeetAsync(Meeting meeting);
}
