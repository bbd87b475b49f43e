namespace Rollouts.Kubernetes.Client;

/// <summary>How patient the client is. The defaults suit a real cluster.</summary>
public sealed record ClusterClientOptions
{
    /// <summary>Who is written into managedFields, and the User-Agent's product.</summary>
    public string FieldManager { get; init; } = "rollouts";

    /// <summary>For one request and its whole answer; a watch has none.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that was answered 429 with Retry-After is sent again.</summary>
    public int ThrottledRetries { get; init; } = 5;

    /// <summary>A Retry-After that asks for more than this is not waited for: the 429 goes to the caller.</summary>
    public TimeSpan LongestThrottle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Objects in a page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>A watch asks the server to end it after a time between this and <see cref="LongestWatch"/>, as client-go does.</summary>
    public TimeSpan ShortestWatch { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan LongestWatch { get; init; } = TimeSpan.FromMinutes(9);

    /// <summary>
    /// A watch on which nothing arrives for this long is dead. An API server sends a bookmark about every minute, so this is two
    /// missed ones; a server that sends none costs one list in this time.
    /// </summary>
    public TimeSpan WatchSilence { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Of the watch times; null takes one that differs between processes.</summary>
    public int? Seed { get; init; }
}
