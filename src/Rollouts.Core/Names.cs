using Rollouts.Core.Targets;
using Rollouts.Model;

namespace Rollouts.Core;

/// <summary>The names of everything that belongs to one Canary, as Flagger forms them.</summary>
public sealed record Names(string Namespace, string Canary, TargetKind Kind, string Target, string Apex)
{
    /// <summary>The label that every object we make carries; its value is the Canary's name. What lacks it is somebody else's.</summary>
    public const string OwnerLabel = "rollouts.dev/canary";

    /// <summary>On objects that we created, not on those that we found and adopted.</summary>
    public const string MadeByLabel = "app.kubernetes.io/managed-by";

    public const string MadeBy = "rollouts";

    /// <summary>On the primary's pod template: the revision it runs.</summary>
    public const string RevisionAnnotation = "rollouts.dev/revision";

    /// <summary>Held while traffic and replicas must be handed back before the Canary may go.</summary>
    public const string Finalizer = "rollouts.dev/handback";

    /// <summary>What a Canary is initialised for, and keeps.</summary>
    public string Identity => Kind == TargetKind.Service ? $"Service {Target}" : $"{TargetId} behind Service {Apex}";

    public ObjectId TargetId => new(TargetKinds.ObjectOf(Kind), Target);

    /// <summary>What serves: a copy of the target.</summary>
    public string Primary => $"{Target}-primary";

    public ObjectId PrimaryId => TargetId with { Name = Primary };

    public string PrimaryService => $"{Apex}-primary";

    public string CandidateService => $"{Apex}-canary";

    /// <summary>Where the template of a revision is kept.</summary>
    public string Snapshot(string revision) => $"{Target}-{revision}";

    /// <summary>Where the contents of a tracked config are kept.</summary>
    public string ConfigSnapshot(string config, string digest) => $"{Target}-{config}-{digest}";

    public static Names Of(Canary canary) =>
        new(canary.Namespace, canary.Name, canary.Spec.Target.Kind, canary.Spec.Target.Name, canary.Spec.Service.Name);
}
