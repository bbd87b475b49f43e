using Rollouts.Model.Status;

namespace Rollouts.Cli.Demo;

/// <summary>Plays the acts, one after the other, and judges how each ended.</summary>
internal sealed class Player(Stage stage, IDemoView view, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Long enough to be seen waiting.
    private static readonly TimeSpan Pondering = TimeSpan.FromSeconds(2);

    private string serving = "";

    /// <summary>Applies the first sample and waits until its primary serves.</summary>
    /// <exception cref="Trouble">It does not come to serve.</exception>
    public async Task OpenAsync(string sample, string version, int rate, CancellationToken cancellation)
    {
        view.Tell($"applying samples/{sample}: a Deployment and a Canary");
        await Samples.ApplyDeploymentAsync(stage.Api, sample, cancellation);
        await Samples.ApplyCanaryAsync(stage.Api, sample, cancellation);
        if (await UntilAsync(status => status.Phase == Phase.Initialized, view.Show, cancellation) is { Phase: not Phase.Initialized } stuck)
            throw new Trouble($"the Canary was not initialized within {Patience.TotalSeconds:0} s: {stuck.Message}");
        serving = version;
        stage.Load.SetRate(rate);
    }

    public async Task<ActReport> PlayAsync(Act act, CancellationToken cancellation)
    {
        view.Begin(act, serving);
        var (begin, timestamp, before) = (time.GetUtcNow(), time.GetTimestamp(), stage.Load.Read());
        var moments = new Moments(begin);
        var lastRun = await LastRunAsync(cancellation);
        if (act.Canary is { } sample)
            await Samples.ApplyCanaryAsync(stage.Api, sample, cancellation);
        await stage.ReleaseAsync(act, cancellation);

        Task promoting = Task.CompletedTask;
        var last = await UntilAsync(status => IsOver(status, lastRun), Watch, cancellation);
        await promoting;

        if (last.Phase == Phase.Succeeded)
            serving = act.Version;
        var requests = Requests.Between(before, stage.Load.Read());
        return new ActReport(act, begin, time.GetElapsedTime(timestamp), last, moments, requests, Fault(act, last, lastRun, requests));

        void Watch(CanaryStatus status)
        {
            if (status.Run?.Id == lastRun)
                return;
            moments.Add(status, time.GetUtcNow());
            view.Show(status);
            if (act.ByHand && status is { Phase: Phase.WaitingPromotion, Run: { } run } && promoting == Task.CompletedTask)
                promoting = PromoteAsync(run.Revision, cancellation);
        }
    }

    private async Task PromoteAsync(string revision, CancellationToken cancellation)
    {
        await Task.Delay(Pondering, time, cancellation);
        await stage.PromoteAsync(revision, time.GetUtcNow(), cancellation);
    }

    private async Task<string?> LastRunAsync(CancellationToken cancellation)
    {
        string? id = null;
        await UntilAsync(_ => true, status => id = status.Run?.Id, cancellation);
        return id;
    }

    /// <summary>The status at which it is over, or the last one within the patience.</summary>
    private async Task<CanaryStatus> UntilAsync(Func<CanaryStatus, bool> over, Action<CanaryStatus> watch, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var last = CanaryStatus.None;
        try
        {
            await foreach (var status in stage.StatusesAsync(both.Token))
            {
                last = status;
                watch(status);
                if (over(status))
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The patience is at an end; the last status says where it hangs.
        }
        cancellation.ThrowIfCancellationRequested();
        return last;
    }

    // A run is over for its users when the candidate is gone too.
    private static bool IsOver(CanaryStatus status, string? lastRun) =>
        status is { Phase: Phase.Succeeded or Phase.Failed, Run: { RetiredAt: not null } run } && run.Id != lastRun;

    private static string? Fault(Act act, CanaryStatus last, string? lastRun, Requests requests)
    {
        if (!IsOver(last, lastRun))
            return $"it was not over within {Patience.TotalSeconds:0} s: {last.Message}";
        if (last.Phase != act.Wanted)
            return $"it should have ended in {act.Wanted}: {last.Message}";
        var reason = last.History is [var run, ..] ? run.Reason ?? "" : "";
        if (act.Culprit is { } culprit && !reason.Contains(culprit, StringComparison.Ordinal))
            return $"{culprit} should have rolled it back: {last.Message}";
        return requests.Failed > 0 && !act.MayFailRequests ? $"{requests.Failed} requests failed, and none should" : null;
    }
}
