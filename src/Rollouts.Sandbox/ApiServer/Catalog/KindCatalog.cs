using System.Collections.Immutable;

namespace Rollouts.Sandbox.ApiServer.Catalog;

/// <summary>The kinds that are served now: the built-in ones, and those of established custom resource definitions.</summary>
internal sealed class KindCatalog
{
    private ImmutableDictionary<(string Group, string Plural), KindDefinition> definitions =
        BuiltInDefinitions.All.ToImmutableDictionary(d => (d.Kind.Group, d.Kind.Plural));

    public IEnumerable<KindDefinition> All => definitions.Values;

    public KindDefinition? Find(string group, string plural) => definitions.GetValueOrDefault((group, plural));

    public KindDefinition? FindKind(string group, string kind) =>
        definitions.Values.FirstOrDefault(d => d.Kind.Group == group && d.Kind.Kind == kind);

    public void Serve(KindDefinition definition) => ImmutableInterlocked.Update(
        ref definitions, all => all.SetItem((definition.Kind.Group, definition.Kind.Plural), definition));

    public void Withdraw(string group, string plural) =>
        ImmutableInterlocked.Update(ref definitions, all => all.Remove((group, plural)));
}
