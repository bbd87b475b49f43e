using System.Text.Json.Nodes;
using Rollouts.Controller.Tests.World;
using Rollouts.Model.Status;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>Does to our controller what was done to Flagger, and says in the same words what came of it.</summary>
internal sealed class TracePlay(Trace trace, Expectation expected, TestWorld world, TraceStub stub, TraceRecorder recorder, Turnstile turnstile)
{
    /// <summary>Flagger's smallest interval, with which all was recorded.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How long a busy machine may take for what has to come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const double Speed = 20;

    private readonly ScaledTime time = new(Speed);
    private readonly TraceStimuli stimuli = new(trace, world, stub);
    private int place;

    public static async Task<TraceOutcome> RunAsync(TestCluster cluster, Trace trace, Expectation expected)
    {
        var turnstile = new Turnstile();
        await using var world = await cluster.WorldAsync();
        await using var stub = await TraceStub.StartAsync(turnstile);
        await using var recorder = new TraceRecorder(world);
        world.Metrics.Before = turnstile.PassAsync;
        stub.Called = recorder.Pulse;
        try
        {
            return await new TracePlay(trace, expected, world, stub, recorder, turnstile).RunAsync();
        }
        finally
        {
            turnstile.Open();
        }
    }

    private async Task<TraceOutcome> RunAsync()
    {
        await world.StartControllerAsync(time: time);
        var waits = await FollowScriptAsync();
        turnstile.Open();
        // What follows from the last phase (pods at rest, a last webhook) comes a little later.
        await recorder.UntilAsync(() => expected.Deviations(Seen(waits)).Count == 0 ? this : null, expected.IsOpen ? Interval / Speed : Patience);
        return new TraceOutcome(Seen(waits), world.Status().Message);
    }

    private Dictionary<string, string> Seen(string waits)
    {
        var seen = TraceState.Of(world).ToDictionary(field => Notation.Final(field.Key), field => field.Value);
        seen[Trace.Waits] = waits;
        seen[Trace.Weights] = recorder.Weights;
        seen[Trace.Routes] = recorder.Routes;
        seen[Trace.Phases] = recorder.Phases;
        seen[Trace.Hooks] = Notation.List(stub.Calls);
        return seen;
    }

    /// <summary>Says which wait was in vain, where one was; what was done afterwards would mean nothing.</summary>
    private async Task<string> FollowScriptAsync()
    {
        foreach (var step in trace.Script)
        {
            switch ((string)step[0]!)
            {
                case "wait":
                    if (await WaitAsync(step[1]!.AsObject(), (int)step[2]!) is { } unmet)
                        return unmet;
                    break;
                case "sleep":
                    turnstile.Open();
                    await Task.Delay(Interval * (double)step[1]!, time);
                    break;
                default:
                    await stimuli.DoAsync(step);
                    break;
            }
        }
        return Trace.Met;
    }

    /// <summary>What was not met; null where it was.</summary>
    private async Task<string?> WaitAsync(JsonObject fields, int intervals)
    {
        var unmet = $"not met: {string.Join(", ", fields.Select(field => $"{field.Key} {field.Value}"))}";
        // What shall not come is waited for as long as Flagger was given.
        var patience = expected.IsOpen || expected.Fields[Trace.Waits] == unmet ? Interval * intervals / Speed : Patience;
        turnstile.WaitFor(() => IsMet(world.Status()));
        var seen = await recorder.UntilAsync(() => recorder.Find(place, status => IsMet(status) || IsRefused(status)), patience);
        if (seen is null || IsRefused(seen.Status))
            return unmet;
        place = seen.Place;
        return null;

        bool IsMet(CanaryStatus status) => TraceState.Of(status) is var state && fields.All(field => state[field.Key] == Notation.Text(field.Value));
    }

    private static bool IsRefused(CanaryStatus status) =>
        status.Conditions.Any(condition => condition is { Type: Condition.Stalled, Reason: "InvalidSpec" });
}
