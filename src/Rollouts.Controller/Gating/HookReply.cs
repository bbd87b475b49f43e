namespace Rollouts.Controller.Gating;

/// <summary>What came of one attempt.</summary>
/// <param name="Words">What the webhook did, as the part of a sentence that follows its name.</param>
/// <param name="Body">The beginning of the answer's body on one line; empty where there is none.</param>
/// <param name="IsTransient">Whether another attempt may end otherwise.</param>
/// <param name="RetryAfter">How long the server asked us to wait; null where it did not.</param>
internal sealed record HookReply(HookOutcome Outcome, string Words, string Body = "", bool IsTransient = false, TimeSpan? RetryAfter = null);
