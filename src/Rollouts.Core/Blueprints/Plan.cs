using Rollouts.Core.Routing;
using Rollouts.Model;
using Rollouts.Model.Status;

namespace Rollouts.Core.Blueprints;

/// <summary>What a blueprint is drawn from: the committed status, and the world as it was seen before.</summary>
internal sealed record Plan(Observation Seen, Canary Canary, CanaryStatus Status, Names Names)
{
    public bool InRun => Status.Phase is Phase.Progressing or Phase.WaitingPromotion or Phase.Promoting;

    /// <summary>Where the route has to send requests.</summary>
    public Traffic Traffic => InRun && Status.Run is { } run ? Traffic.Of(run) : Traffic.AllPrimary;

    /// <summary>The revision that the primary has to run.</summary>
    public string? PrimaryRevision => Status.Phase == Phase.Promoting && Status.Run is { } run ? run.Revision : Status.StableRevision;

    /// <summary>While a Canary is initialised nothing may point at the primary before it is ready; later something already does.</summary>
    public bool PrimaryServes => Status.Phase != Phase.Initializing
        || (Seen.Primary is { } primary && primary.Revision == Status.StableRevision && primary.IsReady(Canary.Spec.Analysis.PrimaryReadyThreshold));
}
