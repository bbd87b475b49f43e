namespace Rollouts.Sandbox.Traffic;

/// <summary>Why a request failed.</summary>
public enum Failure
{
    /// <summary>A status of 500 to 599.</summary>
    ServerError,

    /// <summary>A status of 400 to 499: this load asks for nothing that a working service would refuse.</summary>
    ClientError,

    /// <summary>No whole answer within the time limit.</summary>
    Timeout,

    /// <summary>No connection, or it broke off.</summary>
    Connection,

    /// <summary>Not sent, because as many were in flight as may be: a service that hangs must not look better than one that fails.</summary>
    Overflow,
}
