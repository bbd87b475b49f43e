using Polly;
using Polly.Retry;

namespace Rollouts.Controller.Gating;

/// <summary>When a call is made again: after a second at first, then twice as long each time and never longer than half a minute.</summary>
internal static class HookRetries
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static ResiliencePipeline<HookReply> Pipeline(int retries, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<HookReply> { TimeProvider = time };
        return retries == 0 ? builder.Build() : builder.AddRetry(Strategy(retries)).Build();
    }

    private static RetryStrategyOptions<HookReply> Strategy(int retries) => new()
    {
        MaxRetryAttempts = retries,
        Delay = Shortest,
        MaxDelay = Longest,
        BackoffType = DelayBackoffType.Exponential,
        // A hundred Canaries that wait for one receiver do not come back to it all at once.
        UseJitter = true,
        ShouldHandle = arguments => new(arguments.Outcome.Result is { IsTransient: true }),
        // Null leaves it to the back-off.
        DelayGenerator = arguments => new(arguments.Outcome.Result?.RetryAfter is { } asked ? TimeSpan.FromTicks(Math.Min(asked.Ticks, Longest.Ticks)) : null),
    };
}
