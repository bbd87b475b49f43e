using Rollouts.Core;
using Rollouts.Kubernetes;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;

namespace Rollouts.Controller.Observing;

/// <summary>Objects that stand under the names we would use and do not carry our label. The apex Service and the route are not among them: those are adopted.</summary>
internal static class Strangers
{
    public static EquatableList<ObjectId> Of(ClusterCache cache, Names names, ObjectId? scaler) =>
        new ObjectId[]
        {
            names.PrimaryId,
            new(ObjectKind.Service, names.PrimaryService),
            new(ObjectKind.Service, names.CandidateService),
            new(ObjectKind.DestinationRule, names.PrimaryService),
            new(ObjectKind.DestinationRule, names.CandidateService),
        }
        .Distinct()
        .Concat(scaler is { } autoscaler ? [autoscaler with { Name = $"{autoscaler.Name}-primary" }] : [])
        .Where(id => cache.Find(ClusterKinds.Of(id.Kind, ""), new ResourceKey(names.Namespace, id.Name)) is { } found
            && found.Text("metadata", "labels", Names.OwnerLabel) != names.Canary)
        .ToEquatableList();
}
