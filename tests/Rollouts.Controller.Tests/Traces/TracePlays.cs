using Rollouts.Controller.Tests.World;

namespace Rollouts.Controller.Tests.Traces;

/// <summary>
/// All traces on one cluster, a few at a time: most of a rollout is waiting, so that one after the other they would take minutes.
/// </summary>
public sealed class TracePlays : IAsyncLifetime
{
    private const int AtOnce = 4;

    private readonly TestCluster cluster = new();
    private readonly Dictionary<string, TaskCompletionSource<TraceOutcome>> outcomes =
        Trace.Names.ToDictionary(name => name, _ => new TaskCompletionSource<TraceOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
    private Task playing = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        await cluster.InitializeAsync();
        playing = Parallel.ForEachAsync(outcomes.Keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (name, _) => await PlayAsync(name));
    }

    public async Task DisposeAsync()
    {
        await playing;
        await cluster.DisposeAsync();
    }

    internal Task<TraceOutcome> Of(string trace) => outcomes[trace].Task;

    private async Task PlayAsync(string name)
    {
        try
        {
            var trace = Trace.Load(name);
            outcomes[name].SetResult(await TracePlay.RunAsync(cluster, trace, Expectation.Of(trace)));
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to the test of this trace and not to the others.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            outcomes[name].SetException(failure);
        }
    }
}
