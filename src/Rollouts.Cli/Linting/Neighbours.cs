using Rollouts.Core;
using Rollouts.Core.Targets;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model;

namespace Rollouts.Cli.Linting;

/// <summary>What can only be said of Canaries beside each other and beside their targets.</summary>
internal static class Neighbours
{
    private sealed record Place(Manifest Manifest, string Namespace, string Name, Target Target, string Apex);

    private sealed record Target(string ApiVersion, string Kind, string Name);

    public static IEnumerable<Finding> Check(IReadOnlyList<Manifest> canaries, IReadOnlyList<Manifest> others)
    {
        var places = canaries.SelectMany(PlaceOf).ToList();
        return places.SelectMany((place, index) => Rivals(place, places[..index]).Concat(Unfit(place, others)));
    }

    // Read field by field, because an error elsewhere in the spec is no reason to be silent here; what is missing has an error of its own.
    private static IEnumerable<Place> PlaceOf(Manifest manifest) =>
        manifest.Json.Object("spec", "targetRef") is { } target && target.Text("name") is { Length: > 0 } name && manifest.Json.Name.Length > 0
            ? [
                new Place(
                    manifest, manifest.Json.Namespace, manifest.Json.Name, new(target.Text("apiVersion") ?? "", target.Text("kind") ?? "", name),
                    manifest.Json.Text("spec", "service", "name") ?? name),
            ]
            : [];

    private static IEnumerable<Finding> Rivals(Place place, IReadOnlyList<Place> before)
    {
        var near = before.Where(other => other.Namespace == place.Namespace).ToList();
        // A base and its overlay, or one that is being moved from one file to another.
        if (near.FirstOrDefault(other => other.Name == place.Name && other.Manifest.Group == place.Manifest.Group) is { } twin)
        {
            yield return place.Manifest.Warning("metadata.name", $"Canary {place.Name} stands here a second time, first in {twin.Manifest.Place}: only the last applied counts");
            yield break;
        }
        var rival = near.FirstOrDefault(other => other.Target == place.Target);
        if (rival is not null)
            yield return place.Manifest.Error(
                "spec.targetRef.name",
                $"Canary {rival.Name} in {rival.Manifest.Place} already has {place.Target.Kind} {place.Target.Name} as its target: delete one of the two, or change a target");
        if (near.FirstOrDefault(other => other.Apex == place.Apex) is { } neighbour && neighbour != rival)
            yield return place.Manifest.Error(
                "spec.service.name",
                $"Canary {neighbour.Name} in {neighbour.Manifest.Place} already has the apex Service {place.Apex}: give one of the two another spec.service.name");
    }

    private static IEnumerable<Finding> Unfit(Place place, IReadOnlyList<Manifest> others) =>
        others
            .Where(other => other.Kind == place.Target.Kind && other.ApiVersion == place.Target.ApiVersion)
            .Where(other => other.Json.Name == place.Target.Name && other.Json.Namespace == place.Namespace)
            .SelectMany(other => Enum.TryParse<TargetKind>(place.Target.Kind, out var kind) ? Unfit(place, kind, other) : []);

    private static IEnumerable<Finding> Unfit(Place place, TargetKind kind, Manifest target)
    {
        if (target.Json.Object("spec") is { } spec && TargetKinds.Problem(kind, spec) is { } problem)
            yield return target.Error(kind == TargetKind.Service ? "spec.selector" : "spec.updateStrategy.type", $"Canary {place.Name} ({place.Manifest.Place}) cannot release it: {problem}");
        if (kind != TargetKind.Service && PodSelector.Of(new EquatableMap(target.Json.TextMap("spec", "selector", "matchLabels")), PodSelector.UsualLabels) is null)
            yield return target.Error(
                "spec.selector.matchLabels",
                $"has none of the labels {string.Join(", ", PodSelector.UsualLabels)}, by which Canary {place.Name} ({place.Manifest.Place}) tells its pods from the primary's: "
                + "add one here and to the pod template");
    }
}
