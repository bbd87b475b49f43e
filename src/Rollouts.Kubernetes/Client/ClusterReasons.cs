namespace Rollouts.Kubernetes.Client;

/// <summary>Reasons of a <see cref="ClusterException"/>. Those of code 0 mean that a write may or may not have happened.</summary>
public static class ClusterReasons
{
    public const string Conflict = "Conflict";
    public const string AlreadyExists = "AlreadyExists";
    public const string NotFound = "NotFound";
    public const string Expired = "Expired";

    /// <summary>404 without a Status: the server has no such kind (the CRD is not installed).</summary>
    public const string UnknownResource = "UnknownResource";

    /// <summary>Code 0: no connection, or it broke.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>Code 0: no complete answer within the request's time.</summary>
    public const string Timeout = "Timeout";

    /// <summary>Code 0: a watch on which nothing arrived for too long.</summary>
    public const string Silent = "Silent";

    /// <summary>Code 0: an answer or a watch event that cannot be read; what it said is lost, so a cache must list again.</summary>
    public const string Undecodable = "Undecodable";
}
