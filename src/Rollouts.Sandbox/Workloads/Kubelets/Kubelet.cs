using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Objects;
using Rollouts.Sandbox.Workloads.Apps;
using Rollouts.Sandbox.Workloads.Objects;
using Rollouts.Sandbox.Workloads.Running;

namespace Rollouts.Sandbox.Workloads.Kubelets;

/// <summary>Runs the pods of all nodes: gives them an address and a server, leads them through their life, and ends them.</summary>
internal sealed class Kubelet(
    ICluster cluster, PodNetwork network, EventRecorder events, WorkloadOptions options, Action<ObjectKey> wake) : IController
{
    private const string Component = "kubelet";

    private readonly Dictionary<ObjectKey, RunningPod> pods = [];
    private readonly PodAddresses addresses = new();

    public IReadOnlyList<Interest> Interests { get; } = [new(Kinds.Pods, p => [p.KeyOf()])];

    public async Task<TimeSpan?> ReconcileAsync(ObjectKey key, CancellationToken cancellation)
    {
        JsonObject? pod = cluster.Get(Kinds.Pods, key.Namespace, key.Name);
        if (pods.TryGetValue(key, out RunningPod? running) && running.Uid != pod?.Uid())
            Forget(key, running);
        if (pod is null || FakeNode.AddressOf(pod.TextAt("spec", "nodeName")) is null)
            return null;
        if (pod.IsDeleting())
            return End(key, pod);
        return pod.HasEnded() ? null : await RunAsync(key, pod, cancellation);
    }

    private async Task<TimeSpan?> RunAsync(ObjectKey key, JsonObject pod, CancellationToken cancellation)
    {
        if (!pods.TryGetValue(key, out RunningPod? running))
            pods[key] = running = await StartAsync(pod, cancellation);
        DateTimeOffset now = options.Time.GetUtcNow();
        TimeSpan age = now - running.Started;
        PodStage stage = PodTimeline.At(running.Plan, options, age);
        if (stage != running.Shown)
        {
            JsonObject next = pod.Copy();
            next["status"] = PodStatus.Of(pod, running, stage, now);
            cluster.Update(Kinds.Pods, next, "status");
            running.Shown = stage;
            KubeletEvents.Tell(events, Component, pod, stage);
        }
        return stage.Until - age;
    }

    private async Task<RunningPod> StartAsync(JsonObject pod, CancellationToken cancellation)
    {
        var plan = PodPlan.Of(pod, options.ReadyAfter);
        string ip = addresses.Take();
        PodServer? server = plan.Behavior is { } behavior ? await network.ServeAsync(ip, pod, behavior, cancellation) : null;
        return new RunningPod(pod.Uid(), ip, plan, options.Time.GetUtcNow(), server);
    }

    private TimeSpan? End(ObjectKey key, JsonObject pod)
    {
        if (!pods.TryGetValue(key, out RunningPod? running))
            Remove(key, pod);
        else if (running.Ending is { IsCompleted: true })
        {
            Forget(key, running);
            Remove(key, pod);
        }
        else if (running.Ending is null)
        {
            TimeSpan grace = TimeSpan.FromSeconds(pod.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 0);
            running.Ending = running.Server is null ? Task.CompletedTask : network.EndAsync(running.IP, running.Server, grace);
            // Only when it has ended, so that the look that follows finds it so.
            running.Ending.ContinueWith(_ => wake(key), TaskScheduler.Default);
            events.Tell(Component, Kinds.Pods, pod, "Killing", "Stopping container");
        }
        return null;
    }

    // A pod whose phase is final has no grace left: the API server then takes it away at once.
    private void Remove(ObjectKey key, JsonObject pod)
    {
        JsonObject next = pod.Copy();
        next["status"] = PodStatus.Ended(pod);
        cluster.Update(Kinds.Pods, next, "status");
        cluster.Delete(Kinds.Pods, key.Namespace, key.Name);
    }

    private void Forget(ObjectKey key, RunningPod running)
    {
        pods.Remove(key);
        addresses.Return(running.IP);
        if (running is { Server: { } server, Ending: null })
            running.Ending = network.EndAsync(running.IP, server, TimeSpan.FromSeconds(30));
    }
}
