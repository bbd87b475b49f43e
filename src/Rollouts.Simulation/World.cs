using System.Text.Json.Nodes;
using Rollouts.Core;
using Rollouts.Core.Blueprints;
using Rollouts.Core.Controls;
using Rollouts.Core.Deciding;
using Rollouts.Core.Gating;
using Rollouts.Core.Judging;
using Rollouts.Core.Targets;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Simulation;

/// <summary>
/// A Canary, its cluster and its controller in virtual time: what is decided and planned is the product's own, and only what is around it
/// is invented. The controller looks when something has changed, when an answer has come and when it asked to be woken, and not else: a
/// wakeup that a decision forgets shows as a run that never ends.
/// </summary>
public sealed class World
{
    /// <summary>Until what failed is tried again.</summary>
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    /// <summary>More reconciles than this at one moment are a controller that spins.</summary>
    private const int MostAtOnce = 60;

    private readonly ISurroundings surroundings;
    private readonly IWitness? witness;
    private readonly Sight sight;
    private readonly Desk<IReadOnlyList<Measurement>> measurements = new();
    private readonly Desk<GateAnswer> gates = new();
    private readonly FaultQueue faults = new();
    private readonly DateTimeOffset epoch;
    private EquatableList<Control> controls = [];
    private TimeSpan skew;
    private DateTimeOffset? wakeup;
    private TimeSpan? retry;
    private (long, CanaryReading, CanaryStatus, TargetFacts?, WorkloadFacts?, RouteFacts, bool, bool)? settled;
    private long seenVersion = -1;
    private int atOnce;

    /// <param name="canary">A valid Canary.</param>
    /// <param name="target">Its target.</param>
    public World(JsonObject canary, JsonObject target, DateTimeOffset start, ISurroundings surroundings, IWitness? witness = null)
    {
        (epoch, this.surroundings, this.witness) = (start, surroundings, witness);
        sight = new Sight(Cluster);
        Reading = Canary.Parse(canary);
        Names = Names.Of(Reading.Canary ?? throw new ArgumentException($"The Canary has errors: {string.Join("; ", Reading.Errors)}", nameof(canary)));
        Cluster.Put(new(ObjectKind.Canary, Names.Canary), canary);
        Cluster.Put(Names.TargetId, target);
    }

    public Cluster Cluster { get; } = new();

    public Names Names { get; }

    /// <summary>The controller's clock, which may jump.</summary>
    public DateTimeOffset Now => epoch + Cluster.Elapsed + skew;

    /// <summary>The Canary as the controller reads it.</summary>
    public CanaryReading Reading { get; private set; }

    public CanaryStatus Status => Reading.Status;

    /// <summary>Whether the Canary was deleted and nothing holds it any more.</summary>
    public bool IsGone { get; private set; }

    /// <summary>How often the controller has looked.</summary>
    public int Reconciles { get; private set; }

    /// <summary>Somebody applies the Canary with this spec.</summary>
    public void Edit(JsonObject spec)
    {
        var id = new ObjectId(ObjectKind.Canary, Names.Canary);
        if (IsGone || Cluster.Find(id.Kind, id.Name)?.DeepClone() is not JsonObject edited)
            return;
        edited["spec"] = spec.DeepClone();
        edited["metadata"]!["generation"] = Reading.Metadata.Generation + 1;
        Cluster.Put(id, edited);
        var metadata = Reading.Metadata;
        Reading = Canary.Parse(edited) with { Status = Status, Metadata = metadata with { Generation = metadata.Generation + 1 } };
    }

    /// <summary>Somebody changes what of the target's spec is released: the template of a workload, whom a Service selects.</summary>
    public void Push(JsonObject released)
    {
        if (Cluster.Find(Names.TargetId.Kind, Names.Target)?.DeepClone() is not JsonObject pushed)
            return;
        TargetKinds.Restore(Names.Kind, pushed, released);
        Cluster.Put(Names.TargetId, pushed);
    }

    /// <summary>Somebody sets a control annotation.</summary>
    public void Ask(Control control)
    {
        controls = controls.Where(other => other.Kind != control.Kind).Append(control).OrderBy(asked => asked.Kind).ToEquatableList();
        seenVersion = -1;
    }

    /// <summary>Somebody deletes the Canary.</summary>
    public void Delete()
    {
        Reading = Reading with { Metadata = Reading.Metadata with { DeletionTimestamp = Now } };
        var id = new ObjectId(ObjectKind.Canary, Names.Canary);
        if (Cluster.Find(id.Kind, id.Name)?.DeepClone() is not JsonObject deleted)
            return;
        deleted["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        Cluster.Put(id, deleted);
        IsGone = deleted["metadata"]!["finalizers"] is null or JsonArray { Count: 0 };
    }

    /// <summary>The controller dies, and another one starts: what was only remembered is lost.</summary>
    public void Crash()
    {
        sight.Forget();
        measurements.Clear();
        gates.Clear();
        (wakeup, retry, seenVersion) = (null, null, -1);
    }

    public void JumpClock(TimeSpan by) => skew += by;

    /// <summary>Something goes wrong with a write of the controller's, after so many more that go well.</summary>
    public void Spoil(int writes, WriteFault fault) => faults.Add(writes, fault);

    public void ForgetFaults() => faults.Clear();

    /// <summary>Lets time pass until the condition holds, at most so long.</summary>
    /// <returns>whether it holds</returns>
    public bool Run(TimeSpan length, Func<World, bool> until)
    {
        var end = Cluster.Elapsed + length;
        while (!until(this))
        {
            if (seenVersion != Cluster.Version && !IsGone)
            {
                Reconcile();
                continue;
            }
            if (Cluster.Elapsed >= end)
                return false;
            PassTo(Soonest(end));
        }
        return true;
    }

    public void Run(TimeSpan length) => Run(length, _ => false);

    private TimeSpan Soonest(TimeSpan end)
    {
        var soonest = end;
        var now = Cluster.Elapsed;
        foreach (var moment in new[] { wakeup - epoch - skew, retry, Cluster.Next, measurements.Next(now), gates.Next(now) })
        {
            if (moment is { } time && time < soonest)
                soonest = time > now ? time : now;
        }
        return soonest;
    }

    private void PassTo(TimeSpan moment)
    {
        var now = Cluster.Elapsed;
        var wakes = Cluster.Next <= moment || measurements.Next(now) <= moment || gates.Next(now) <= moment;
        if (moment > now)
        {
            atOnce = 0;
            surroundings.Pass(Cluster, moment);
            Cluster.PassTo(moment);
        }
        if (wakeup <= Now)
            (wakeup, wakes) = (null, true);
        if (retry <= Cluster.Elapsed)
            (retry, wakes) = (null, true);
        if (wakes)
            seenVersion = -1;
    }

    private void Reconcile()
    {
        if (++atOnce > MostAtOnce)
            throw new InvalidOperationException($"The controller spins at {Now:O}: {Status.Phase}: {Status.Message}");
        Reconciles++;
        seenVersion = Cluster.Version;
        var seen = Look();
        var decision = Decider.Decide(seen);
        witness?.Decided(seen, decision);
        if (decision.Status != Status && !Write(() => Commit(decision.Status)))
            return;
        wakeup = decision.LookAgainAt;
        if (Converge(seen, decision.Status))
            settled = Drawing(seen, decision.Status);
    }

    /// <returns>whether nothing had to be done</returns>
    private bool Converge(Observation seen, CanaryStatus status)
    {
        // The same blueprint over the same objects asks for nothing again.
        if (settled is { } known && known.Equals(Drawing(seen, status)))
            return true;
        var isDone = true;
        foreach (var change in Blueprint.For(seen, status))
        {
            var live = Cluster.Objects.GetValueOrDefault(change.Id);
            var wanted = Cluster.After(change);
            if (ReferenceEquals(live, wanted))
                continue;
            isDone = false;
            witness?.Writes(seen, status, change.Id, wanted);
            if (!Write(() => Carry(change.Id, wanted)))
                return false;
        }
        return isDone;
    }

    private (long, CanaryReading, CanaryStatus, TargetFacts?, WorkloadFacts?, RouteFacts, bool, bool) Drawing(Observation seen, CanaryStatus status) =>
        (Cluster.Version, seen.Canary, status, seen.Target, seen.Primary, seen.Route, seen.Now >= seen.Route.Since + Observation.Draining,
            seen.HandedBackSince is { } since && seen.Now >= since + Observation.Settling);

    private void Commit(CanaryStatus status)
    {
        Reading = Reading with { Status = status };
        seenVersion = -1;
    }

    private void Carry(ObjectId id, JsonObject? wanted)
    {
        if (wanted is null)
            Cluster.Remove(id);
        else
            Cluster.Put(id, wanted);
        if (id.Kind == ObjectKind.Canary)
            IsGone = Reading.Metadata.DeletionTimestamp is not null && wanted?["metadata"]?["finalizers"] is null or JsonArray { Count: 0 };
    }

    /// <summary>Does the write, unless something goes wrong with it.</summary>
    /// <returns>whether the controller goes on behind it</returns>
    private bool Write(Action write)
    {
        var fault = faults.Next();
        if (fault is null or WriteFault.AnswerLost or WriteFault.CrashAfter)
            write();
        if (fault is WriteFault.CrashBefore or WriteFault.CrashAfter)
            Crash();
        else if (fault is not null)
            retry = Cluster.Elapsed + Backoff;
        return fault is null;
    }

    private Observation Look()
    {
        var seen = sight.Of(Reading, Now) with { Controls = controls };
        var metrics = Needs.Metrics(seen);
        var calls = Needs.Gates(seen);
        var answers = new List<GateAnswer>();
        foreach (var call in calls)
        {
            if (Ask(call) is { } answer)
                answers.Add(answer);
        }
        gates.Keep([.. calls.Select(call => $"{call.Hook.Name} {call.Key}")]);
        return seen with { Measurements = Measure(seen.Canary.Canary, metrics), Answers = answers.ToEquatableList() };
    }

    /// <summary>Who does not answer within the webhook's timeout, in all its tries, has said no.</summary>
    private GateAnswer? Ask(GateCall call)
    {
        var patience = call.Hook.Timeout * (call.Hook.Retries + 1);
        var isLate = surroundings.AnswersAfter > patience;
        return gates.Ask($"{call.Hook.Name} {call.Key}", Cluster.Elapsed, isLate ? patience : surroundings.AnswersAfter,
            () => isLate ? new GateAnswer(call.Hook.Name, call.Key, false, "did not answer in time") : surroundings.Answer(call));
    }

    private EquatableList<Measurement> Measure(Canary? canary, EquatableList<Model.Analysis.MetricSpec> metrics)
    {
        if (canary is null || metrics.Count == 0)
            return [];
        var last = canary.Status.Run?.Verdicts.Select(verdict => verdict.At).DefaultIfEmpty().Max();
        var question = $"{canary.Metadata.Generation}/{canary.Status.Run?.Id}/{canary.Status.Run?.Step}/{last:O}";
        measurements.Keep([question]);
        var answers = measurements.Ask(question, Cluster.Elapsed, surroundings.AnswersAfter, () =>
        {
            var measured = metrics.Select(metric => surroundings.Measure(metric, canary, Now) is { } answer ? answer with { Lookback = answer.Lookback ?? Lookback.Of(metric, canary, Now) } : null).ToList();
            return measured.Contains(null) ? null : measured.OfType<Measurement>().ToList();
        });
        return answers?.ToEquatableList() ?? [];
    }
}
