using System.Collections.Immutable;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>Fields that an applier would change while others own them.</summary>
internal sealed record ApplyConflicts(IReadOnlyList<(FieldManager Manager, ImmutableList<string> Path)> Conflicts)
{
    public FieldSet Fields => Conflicts.Aggregate(FieldSet.Empty, (all, c) => all.Union(Single(c.Path)));

    public static ApplyConflicts Find(ManagedFields managed, FieldManager applier, FieldSet written) => new([..
        from entry in managed.Entries
        where entry.Key != applier
        orderby entry.Key.Name, entry.Key.ToString()
        from path in entry.Value.Fields.Intersect(written).Paths()
        select (entry.Key, path)]);

    public ApplyConflicts Without(FieldSet allowed) => new([.. Conflicts.Where(c => !Single(c.Path).Without(allowed).IsEmpty)]);

    public ApiException ToException() => new(
        409, "Conflict", Conflicts is [var only]
            ? $"Apply failed with 1 conflict: conflict with {only.Manager}: {PathElements.Describe(only.Path)}"
            : $"Apply failed with {Conflicts.Count} conflicts: {string.Join('\n', Conflicts.GroupBy(c => c.Manager).SelectMany(Lines))}",
        [.. Conflicts.Select(c => new StatusCause("FieldManagerConflict", $"conflict with {c.Manager}", PathElements.Describe(c.Path)))]);

    private static IEnumerable<string> Lines(IGrouping<FieldManager, (FieldManager Manager, ImmutableList<string> Path)> conflicts) =>
        conflicts.Select(c => $"- {PathElements.Describe(c.Path)}").Prepend($"conflicts with {conflicts.Key}:");

    private static FieldSet Single(ImmutableList<string> path) =>
        path.Reverse().Aggregate(FieldSet.Leaf, (below, element) => FieldSet.Of([KeyValuePair.Create(element, below)]));
}
