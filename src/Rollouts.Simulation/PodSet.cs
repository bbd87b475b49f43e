using Rollouts.Core;

namespace Rollouts.Simulation;

/// <summary>
/// The pods of one Deployment: those that are ready, and those that its controller is making. All that are made together become ready
/// together, and only then do those of the older template go.
/// </summary>
internal sealed record PodSet(string Name, string Template, int Ready, string WantedTemplate, int Wanted, TimeSpan Since)
{
    /// <summary>How long the Deployment's controller takes to see a change.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(200);

    /// <summary>The Deployment's own patience where it names none, as Kubernetes has it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(600);

    public static PodSet None(string name) => new(name, "", 0, "", 0, TimeSpan.Zero);

    /// <summary>The Deployment asks for this.</summary>
    public PodSet Asked(string template, int replicas, TimeSpan now) =>
        template == WantedTemplate && replicas == Wanted ? this : this with { WantedTemplate = template, Wanted = replicas, Since = now };

    /// <summary>All pods are gone, and are made anew.</summary>
    public PodSet Lost(TimeSpan now) => this with { Ready = 0, Since = now };

    /// <summary>What has become of it by now.</summary>
    public PodSet At(TimeSpan now, PodBehaviour behaviour)
    {
        if (now < Since + Lag)
            return this;
        var kept = Template == WantedTemplate && Ready > Wanted ? this with { Ready = Wanted } : this;
        return Wanted == 0 || now >= Since + (behaviour.ReadyAfter ?? TimeSpan.MaxValue - Since)
            ? kept with { Template = WantedTemplate, Ready = Wanted }
            : kept;
    }

    /// <summary>When time alone will next change something; null: not any more.</summary>
    public TimeSpan? NextAfter(TimeSpan now, PodBehaviour behaviour)
    {
        if (Template == WantedTemplate && Ready == Wanted && now >= Since + Lag)
            return null;
        TimeSpan? next = null;
        foreach (var after in new[] { Lag, behaviour.ReadyAfter, behaviour.FailsAfter, Deadline })
        {
            if (Since + after is { } time && time > now && !(time >= next))
                next = time;
        }
        return next;
    }

    public WorkloadFacts Facts(string revision, int endpoints, TimeSpan now, PodBehaviour behaviour)
    {
        if (now < Since + Lag)
            return new WorkloadFacts { Revision = revision, Wanted = Wanted, Updated = Ready, Total = Ready, Available = Ready, ReadyEndpoints = endpoints };
        var older = Template == WantedTemplate ? 0 : Ready;
        var isDone = older == 0 && Ready == Wanted;
        return new WorkloadFacts
        {
            Revision = revision,
            Wanted = Wanted,
            Updated = Wanted,
            Total = Wanted + older,
            Available = Ready,
            UpToDate = true,
            DeadlineExceeded = !isDone && now >= Since + Deadline,
            ReadyEndpoints = endpoints,
            Failure = !isDone && behaviour.Crashes is { } reason && now >= Since + behaviour.FailsAfter
                ? new PodFailure($"{Name}-{WantedTemplate}", reason, "exit status 1")
                : null,
        };
    }
}
