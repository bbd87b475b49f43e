namespace Rollouts.Core.Configs;

/// <summary>A ConfigMap or Secret that a pod template needs.</summary>
/// <param name="IsOptional">Whether pods start without it.</param>
public readonly record struct ConfigReference(ObjectId Id, bool IsOptional)
{
    /// <summary>Every one that the template refers to, once; it is optional where all its places say so.</summary>
    public static IReadOnlyList<ConfigReference> Of(System.Text.Json.Nodes.JsonNode? template) =>
        [.. ConfigPlace.In(template)
            .GroupBy(place => place.Id)
            .Select(places => new ConfigReference(places.Key, places.All(place => place.IsOptional)))
            .OrderBy(reference => reference.Id.Kind).ThenBy(reference => reference.Id.Name, StringComparer.Ordinal)];
}
