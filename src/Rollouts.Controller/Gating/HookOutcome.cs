namespace Rollouts.Controller.Gating;

/// <summary>How the call of a webhook ended, retries included.</summary>
internal enum HookOutcome
{
    /// <summary>Any 2xx.</summary>
    Yes,

    /// <summary>Any other answer.</summary>
    No,

    /// <summary>No answer: no connection, or none in time.</summary>
    Unanswered,

    /// <summary>Nothing was sent, because what should be sent is not there.</summary>
    Unsent,

    /// <summary>Nobody wanted the answer any more.</summary>
    Cancelled,
}
